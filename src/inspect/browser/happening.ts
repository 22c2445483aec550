import type { MachineEvent } from '../../domain/inspection.ts';

/** A message between actors, or a step of the machine that one led to. */
export interface Happening {
  /** Counts up from 1. */
  readonly number: number;
  readonly at: number;
  /** Names; null: it came from outside. */
  readonly source: string | null;
  readonly target: string;
  readonly event: MachineEvent;
  /** Dotted, what the machine has come to; null: it is a message. */
  readonly state: string | null;
  /** Ids of transitions. */
  readonly taken: readonly string[];
}

/** What charts are drawn of. */
export interface ShownMoment {
  /** Dotted paths, the outer ones first. */
  readonly active: readonly string[];
  readonly visited: ReadonlySet<string>;
  readonly context: unknown;
  /** Steps that took a transition, oldest first. */
  readonly steps: readonly Happening[];
}

/** As the runner calls the machine itself. */
export const ROOT = 'loop';
