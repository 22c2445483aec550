import type { RecordedEvent } from './event.ts';
import type { LoopStatus } from './loop-status.ts';

/**
 * What an inspector of a living loop is told over `control.sock`, at most twenty times a second, all of it redacted.
 * Each tells the loop as it is now, so that a viewer who missed some is right again with the next.
 */
export interface InspectionBatch {
  readonly kind: 'inspection';
  /** Of the machine's definition, as in the snapshot's envelope: a viewer of another version draws another diagram. */
  readonly definitionHash: string;
  readonly status: LoopStatus;
  readonly machine: MachineView;
  /** The living actors, the root first. */
  readonly actors: readonly ActorView[];
  /** What happened since the last of these, oldest first. */
  readonly news: readonly MachineNews[];
  /** Events recorded since. */
  readonly events: readonly RecordedEvent[];
  /** How many news and events were left out before those that are told: more than could be told, or read. */
  readonly lost: number;
}

/** A machine's snapshot. */
export interface MachineView {
  readonly value: unknown;
  /** Dotted paths of the states it is in, the outer ones first. */
  readonly active: readonly string[];
  readonly context: unknown;
  readonly status: string;
  readonly tags: readonly string[];
}

export interface ActorView {
  /** XState's session id, unique while the runner lives. */
  readonly id: string;
  /** As its parent knows it: `runAttempt`; of the root the machine's id. */
  readonly name: string;
  /** Session id; null: the root. */
  readonly parent: string | null;
}

/** `at` is in epoch ms. */
export type MachineNews =
  | { readonly type: 'actor'; readonly at: number; readonly actor: ActorView }
  /** A message between two actors, or from outside (`source` null), as it is sent. */
  | {
      readonly type: 'event';
      readonly at: number;
      /** Session ids. */
      readonly source: string | null;
      readonly target: string;
      readonly event: MachineEvent;
    }
  /** The root has taken an event: which transitions, and what it has come to. */
  | {
      readonly type: 'step';
      readonly at: number;
      readonly event: MachineEvent;
      /** Ids of transitions; none: nothing of the machine answers it. */
      readonly taken: readonly string[];
      readonly machine: MachineView;
    }
  /** Another actor has come to a new state. */
  | {
      readonly type: 'snapshot';
      readonly at: number;
      readonly actor: string;
      readonly event: MachineEvent;
      readonly status: string;
    };

export interface MachineEvent {
  readonly type: string;
  readonly [payload: string]: unknown;
}
