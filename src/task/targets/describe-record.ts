import type { TargetRecord } from '../../domain/summary/summary.ts';

/** How the iterations on a target went, for a prompt, in one line. */
export function describeRecord(record: TargetRecord | undefined): string {
  return record === undefined
    ? 'nobody worked on it yet'
    : `${record.last_outcome} in iteration ${record.last_iteration ?? '?'}; ${record.succeeded} of ${record.iterations} iterations went well`;
}
