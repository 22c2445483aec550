/** The structured block an agent ends with; contract.md section 1. */
export interface Report {
  readonly target: string | null;
  readonly status: ReportStatus;
  readonly changes: readonly string[];
  readonly issues: readonly string[];
  readonly next: string | null;
  /** The agent's final words without the block. */
  readonly message: string;
  /** true: there was no block; made from the final words. */
  readonly derived: boolean;
}

export type ReportStatus = 'success' | 'partial' | 'failed' | 'complete' | 'no_change' | 'unknown';
