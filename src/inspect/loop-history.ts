import type { MachineEvent } from '../domain/inspection.ts';

/** What the machine of a run did, step by step, as a replay of its journal tells; redacted. */
export interface LoopHistory {
  readonly runId: string;
  /** How many steps before these are not told. */
  readonly left: number;
  /** Before the first of them. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Oldest first. */
  readonly steps: readonly HistoryStep[];
  /** What the replay came to, for people; null: all is as the journal says. */
  readonly trouble: string | null;
}

export interface HistoryStep {
  readonly n: number;
  /** Epoch ms. */
  readonly at: number;
  readonly event: MachineEvent;
  /** Dotted. */
  readonly state: string;
  /** Ids of transitions. */
  readonly taken: readonly string[];
  /** What of the context it changed: name → as it is from then on. */
  readonly changed: Readonly<Record<string, unknown>>;
}
