/** The fields of the report that autoloop asks an agent to end with. */
export interface ReportFields {
  readonly target: string;
  readonly status: 'success' | 'partial' | 'failed' | 'complete' | 'no_change';
  readonly changes?: readonly string[];
  readonly issues?: readonly string[];
  readonly next?: string;
}

/** A report as a model writes it: the last block of its last message. */
export function reportBlock(fields: ReportFields): string {
  return ['```json', JSON.stringify(fields, null, 2), '```'].join('\n');
}
