import type { DiskLow, GateVerdict } from '../../../src/domain/loop-work.ts';
import { shortageOf } from '../guards.ts';

/** The disk was found low while something else went on. */
export const noteLowDisk = {
  type: 'noteLowDisk',
  params: ({ event }: { event: DiskLow }) => ({ shortage: event }),
} as const;

/** A look before an attempt found it so. */
export const noteShortage = {
  type: 'noteLowDisk',
  params: ({ event }: { event: { output: GateVerdict } }) => ({
    shortage: shortageOf(event.output),
  }),
} as const;
