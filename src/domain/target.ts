/** What a selector offers, best first. */
export interface Candidate {
  readonly name: string;
  readonly score: number | null;
  readonly reason: string | null;
}

/** A target is left out for its failures. */
export interface Quarantine {
  readonly reason: string;
  /** Then it is tried once more; null: never. */
  readonly untilEpochMs: number | null;
}
