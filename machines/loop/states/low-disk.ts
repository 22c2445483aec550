import type { DiskLow, GateVerdict, Shortage } from '../../../src/domain/loop-work.ts';
import type { LoopContext } from '../context.ts';

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

/** Seen now, or noted before. */
export function shortageIn({ lowDisk }: LoopContext, verdict: GateVerdict): boolean {
  return lowDisk !== null || shortageOf(verdict) !== null;
}

function shortageOf(verdict: GateVerdict): Shortage | null {
  return 'shortage' in verdict ? verdict.shortage : null;
}
