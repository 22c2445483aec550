import type { ValidationVerdict } from '../../domain/validation.ts';
import { oneLine } from '../tables/text-width.ts';

/** What a gate came to: `passed`, `passed the second time`, or why not. */
export function verdictWords({
  passed,
  reason,
  retried,
}: Pick<ValidationVerdict, 'passed' | 'reason' | 'retried'>): string {
  if (passed) {
    return retried ? 'passed the second time' : 'passed';
  }
  return `${oneLine(reason ?? 'not passed')}${retried ? ', twice' : ''}`;
}
