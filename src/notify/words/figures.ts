import type { LoopStatus } from '../../domain/loop-status.ts';
import type { NotificationFigures } from '../../domain/notification/notification.ts';
import { usdText } from '../../domain/price.ts';
import { durationWords } from './time-until.ts';

/** What the run has come to. */
export function figuresOf({ totals, caps }: LoopStatus): NotificationFigures {
  const { iterations, succeeded, failed } = totals;
  return {
    ...{ iterations, succeeded, failed },
    success_rate: iterations === 0 ? null : Math.round((succeeded / iterations) * 1000) / 1000,
    cost_usd: totals.costUsd,
    cost_estimated: totals.costIsEstimated,
    tokens: totals.tokens,
    runtime_seconds: caps.runtimeSeconds,
  };
}

/** `41 of 57 iterations succeeded, $5.02, in 7 h 10 min`. */
export function figuresWords(figures: NotificationFigures): string {
  const { iterations, succeeded, cost_usd: usd } = figures;
  const cost = usd === null ? '' : `, ${figures.cost_estimated ? 'about ' : ''}${usdText(usd)}`;
  const count = `${succeeded} of ${iterations} iteration${iterations === 1 ? '' : 's'} succeeded`;
  const done = iterations === 0 ? 'no iteration has ended yet' : count;
  return `${done}${cost}, in ${durationWords(figures.runtime_seconds)}`;
}
