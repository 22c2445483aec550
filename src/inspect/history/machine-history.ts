/** What a machine has done so far: how often each transition was taken, and how long each state was in force. */
export interface MachineHistory {
  readonly steps: number;
  /** Epoch ms of the first and the last step; null: there is none. */
  readonly from: number | null;
  readonly until: number | null;
  /** By id; without those that were never taken. */
  readonly transitions: Readonly<Record<string, number>>;
  /** By dotted path; without those that were never entered. */
  readonly states: Readonly<Record<string, StateHistory>>;
}

export interface StateHistory {
  readonly entered: number;
  readonly seconds: number;
}

/**
 * One machine event and what it led to (`step`), or where a run begins or goes on: at `resume` it is in a state that it has
 * entered before, and nothing is known of the time that has passed.
 */
export interface TalliedStep {
  readonly kind: 'begin' | 'resume' | 'step';
  /** Epoch ms. */
  readonly at: number;
  /** Dotted state that it led to. */
  readonly state: string;
  /** Ids of the transitions that it took. */
  readonly taken: readonly string[];
}
