import type { TargetRecord } from '../../domain/summary/summary.ts';

/** Of a target whose work has to pass gates: 1 where it passed the last time, 0 where it did not; null: it never had to. */
export function qualityOf(record: TargetRecord | undefined): number | null {
  if (record === undefined) {
    return null;
  }
  if (record.validations_failed_in_row > 0) {
    return 0;
  }
  return record.succeeded > record.unchanged ? 1 : null;
}
