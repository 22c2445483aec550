/** What of a loop's data folder is kept; settings of these names. */
export interface RetentionRules {
  /** Rotated generations of the log and of the events, each. */
  readonly rotateKeep: number;
  /** Days after which they are removed all the same; 0: never. */
  readonly rotateDays: number;
  /** Iterations whose output and folders are kept; 0: all. The last ten always are. */
  readonly keepIterations: number;
  /** Days after which these are removed all the same; 0: never. */
  readonly keepDays: number;
  /** MB of 1,000,000 bytes that the folder may take; 0: as many as it likes. */
  readonly maxDataMb: number;
}

/** What keeps everything. */
export const KEEP_ALL: RetentionRules = {
  ...{ rotateKeep: Number.MAX_SAFE_INTEGER, rotateDays: 0 },
  ...{ keepIterations: 0, keepDays: 0, maxDataMb: 0 },
};

/** Something that goes, or would: an iteration's output and folder, or a generation. */
export interface Removal {
  /** null: it is a generation. */
  readonly iteration: number | null;
  /** Files and folders, as seen from the data folder. */
  readonly paths: readonly string[];
  readonly bytes: number;
  readonly why: RemovalReason;
}

/** There are more than are kept; nobody has written to it for longer; the folder takes more than it may. */
export type RemovalReason = 'count' | 'age' | 'size';

export function bytesOf(removals: readonly Removal[]): number {
  return removals.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** What `autoloop prune` asks for. */
export interface PruneRequest {
  /** Only tell. */
  readonly dryRun: boolean;
  /** Where they differ from what the loop is set to. */
  readonly rules: Partial<RetentionRules>;
}
