/** The structured block an agent ends with; contract.md section 1. */
export interface Report {
  readonly target: string | null;
  readonly status: ReportStatus;
  readonly changes: readonly string[];
  /** How the agent says it checked its work. */
  readonly validation: readonly string[];
  readonly issues: readonly string[];
  readonly next: string | null;
  /** What any later iteration should know. */
  readonly learned: readonly string[];
  /** What the next prompt is to be told of all that was done so far, where the agent was asked for it. */
  readonly summary?: string;
  /** The agent's final words without the block. */
  readonly message: string;
  /** true: there was no block; made from the final words, its changes from what git sees. */
  readonly derived: boolean;
}

export type ReportStatus = 'success' | 'partial' | 'failed' | 'complete' | 'no_change' | 'unknown';
