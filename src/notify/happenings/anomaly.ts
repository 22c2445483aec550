import type { RecordedEvent } from '../../domain/event.ts';
import type { Happening } from './happening.ts';

/** Figures have left their bounds, or are back; what could be asked for more is told once, and not when it is over. */
export function anomalyHappening({ details }: RecordedEvent<'anomaly'>): Happening | null {
  const { kind, state, message, advice, level } = details;
  const isOpportunity = level === 'opportunity';
  if (isOpportunity && state === 'cleared') {
    return null;
  }
  const name = kind.replaceAll('_', ' ');
  const isRaised = state === 'raised';
  const what = isRaised
    ? `tells: ${message}${advice === '' ? '' : `; ${advice.replace(/\.$/, '')}`}`
    : `is well again: ${message}`;
  return {
    ...{ kind: 'anomaly', state, reason: kind, until: null, what },
    level: isRaised && !isOpportunity ? 'warning' : 'info',
    title: isRaised ? name : `${name}: over`,
    next: isRaised ? { why: 'look', command: 'status' } : null,
  };
}
