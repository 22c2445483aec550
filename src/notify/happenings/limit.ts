import type { RecordedEvent } from '../../domain/event.ts';
import { timeUntil } from '../words/time-until.ts';
import type { Circumstances, Happening } from './happening.ts';

/** The loop waits for a usage limit, and goes on by itself. */
export function limitHappening(
  { details, timestamp }: RecordedEvent<'wait_start'>,
  { agent }: Circumstances,
): Happening {
  const { until, reason } = details;
  const when = until === null ? 'when it is over' : timeUntil(until, timestamp);
  return {
    ...{ kind: 'limit', state: 'happened', level: 'warning', title: 'usage limit' },
    what: `waits for the usage limit of ${agent}${reason === null ? '' : ` (${reason})`} and goes on by itself ${when}`,
    ...{ reason, until },
    next: { why: 'try it now', command: 'skip-wait' },
  };
}
