/** `summary.json` and `summary.txt` of one loop; both replaced as a whole. */
export interface SummaryStore {
  /** Parsed JSON, null when there is none or it cannot be read: summaries are made again, never trusted. */
  readMetrics(): unknown;
  writeMetrics(metrics: object): void;
  /** Empty when there is none. */
  readText(): string;
  writeText(text: string): void;
}
