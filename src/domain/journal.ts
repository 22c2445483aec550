import type { MachineEvent } from './inspection.ts';

/**
 * The journal of a run: what its machine was told, in order. Where it began, and every event after that, is all that it
 * takes to come to the same states again.
 */
export type JournalEntry = JournalStart | JournalStep;

/**
 * Where steps begin: with a run (`new`), with another runner (`resumed`, or `rebuilt` by another definition of the
 * machine), with another file (`continued`), or after steps that could not be kept (`gap`).
 */
export type StartKind = 'new' | 'resumed' | 'rebuilt' | 'continued' | 'gap';

export interface JournalStart {
  readonly start: StartKind;
  /** Number of the last step before it; 0: there was none. */
  readonly n: number;
  /** Epoch ms. */
  readonly at: number;
  readonly run_id: string;
  /** Version of autoloop. */
  readonly autoloop: string;
  readonly machine: string;
  readonly version: number;
  readonly definitionHash: string;
  /** As it is persisted, redacted. */
  readonly snapshot: unknown;
}

export interface JournalStep {
  /** Counts from 1 within the run, over all its runners. */
  readonly n: number;
  /** Epoch ms. */
  readonly at: number;
  readonly event: MachineEvent;
  /** Dotted state that it led to. */
  readonly state: string;
  /** Of the snapshot that it led to: the first 16 hexadecimal digits of SHA-256 over its JSON, redacted. */
  readonly hash: string;
}
