import type { RecordedEvent } from '../../domain/event.ts';
import type { LoopStatus } from '../../domain/loop-status.ts';
import { timeUntil } from '../words/time-until.ts';
import type { Happening } from './happening.ts';

/** It has opened, or closed again. */
export function breakerHappening(
  { details, timestamp }: RecordedEvent<'breaker'>,
  { iteration }: LoopStatus,
): Happening {
  const { cause, until } = details;
  if (details.state === 'closed') {
    const what = 'works again: what repeated has come to an end, and the breaker has closed';
    const facts = { kind: 'breaker', state: 'cleared', level: 'info', until: null } as const;
    return { ...facts, title: 'breaker closed', what, reason: null, next: null };
  }
  const [first = 'the same trouble came again and again'] = (details.diagnosis ?? '').split('\n');
  const again = until === null ? '' : `; it tries again ${timeUntil(until, timestamp)}`;
  return {
    ...{ kind: 'breaker', state: 'raised', level: 'error', title: 'breaker open' },
    what: `has stopped trying: ${lowered(first.replace(/\.$/, ''))}${again}`,
    ...{ reason: cause, until },
    next: { why: 'see why', command: `show ${iteration}` },
  };
}

function lowered(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
