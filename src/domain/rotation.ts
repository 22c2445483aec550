/** A file that was rotated: it goes on empty, what it held is its generation `.1`. */
export interface Rotation {
  /** Its name in the data folder. */
  readonly file: string;
  readonly bytes: number;
  /** Names of the generations that were removed. */
  readonly pruned: readonly string[];
}

/** What `autoloop rotate` asks for. */
export interface RotationRequest {
  readonly eventsOnly: boolean;
  /** Generations to be kept; null: as the loop is set. */
  readonly keep: number | null;
}
