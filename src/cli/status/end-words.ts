import type { LoopStatus } from '../../domain/loop-status.ts';
import { isOutcome, outcomeRule } from '../../domain/outcome.ts';
import { plural } from '../tables/amount-text.ts';

/** Why a run ended. */
export function endWords(status: LoopStatus, message: string | null): string {
  const reason = status.ended?.reason ?? 'unknown';
  switch (reason) {
    case 'max_iterations':
      return `it has done its ${plural(status.totals.iterations, 'iteration')} (--max)`;
    case 'once':
      return 'it was asked for one iteration (once)';
    case 'max_failures':
      return `${plural(status.caps.failuresInRow, 'failure')} in a row (--max-failures)${message === null ? '' : `, the last one: ${message}`}`;
    case 'stopped':
      return status.ended?.exitCode === 0 ? 'it was asked to stop' : 'it was forced to stop';
    case 'complete':
      return message ?? 'its work was declared complete';
    case 'max_cost':
    case 'max_tokens':
    case 'max_runtime':
    case 'max_limit_wait':
      return message ?? reason;
    case 'disk_low':
    case 'error':
      return message ?? 'an error';
    default:
      return isOutcome(reason) ? `${reason}: ${message ?? outcomeRule(reason).meaning}` : reason;
  }
}
