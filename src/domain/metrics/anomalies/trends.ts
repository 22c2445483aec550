import type { Summary } from '../../summary/summary.ts';
import { NO_METRICS } from '../metrics-state.ts';
import {
  costPerSuccess,
  earlierOf,
  meanDuration,
  recentOf,
  successRate,
  timeoutRate,
  type Window,
} from '../window.ts';
import { whenHigh, type Detector } from './detector.ts';

/** The last ten iterations, held against the up to forty before them. */
export const TRENDS: readonly Detector[] = [
  {
    kind: 'success_drop',
    level: 'warning',
    advice:
      'Look at what fails: autoloop json error-breakdown, then autoloop show N of a failed one. Narrow the scope or mend the prompt.',
    look: (summary) => {
      const { recent, earlier } = trend(summary);
      const [now, before] = [successRate(recent), successRate(earlier)];
      return whenHigh({
        value: isEnough(recent, earlier) && now !== null && before !== null ? before - now : null,
        ...{ raisedAt: 0.2, calmAt: 0.1 },
        message: () =>
          `success fell from ${percent(before)} to ${percent(now)} within the last 10 iterations`,
      });
    },
  },
  {
    kind: 'duration_rising',
    level: 'warning',
    advice:
      'Iterations take longer: look for a target that grew, a slow gate, or a worker that waits; lower --timeout or give smaller targets.',
    look: (summary) => {
      const { recent, earlier } = trend(summary);
      const [now, before] = [meanDuration(recent), meanDuration(earlier)];
      return whenHigh({
        value: isEnough(recent, earlier) ? ratio(now, before) : null,
        ...{ raisedAt: 1.5, calmAt: 1.25 },
        message: () => `iterations take ${seconds(now)} now, ${seconds(before)} before`,
      });
    },
  },
  {
    kind: 'cost_rising',
    level: 'warning',
    advice:
      'Each success costs more: see which targets take the money (autoloop report), set --max-cost, or end the run where little is left to gain.',
    look: (summary) => {
      const { recent, earlier } = trend(summary);
      const [now, before] = [costPerSuccess(recent), costPerSuccess(earlier)];
      return whenHigh({
        value: isEnough(recent, earlier) ? ratio(now, before) : null,
        ...{ raisedAt: 1.5, calmAt: 1.25 },
        message: () => `a success costs ${usd(now)} now, ${usd(before)} before`,
      });
    },
  },
  {
    kind: 'timeouts',
    level: 'warning',
    advice: 'Give workers more time (--timeout), or smaller targets.',
    look: (summary) => {
      const recent = recentOf(windowOf(summary), 20);
      return whenHigh({
        value: recent.length < 10 ? null : timeoutRate(recent),
        ...{ raisedAt: 0.15, calmAt: 0.05 },
        message: (value) => `${percent(value)} of the last ${recent.length} iterations timed out`,
      });
    },
  },
];

const RECENT = 10;

function trend(summary: Summary): { readonly recent: Window; readonly earlier: Window } {
  const window = windowOf(summary);
  return { recent: recentOf(window, RECENT), earlier: earlierOf(window, RECENT) };
}

function windowOf({ state }: Summary): Window {
  return (state.metrics ?? NO_METRICS).window;
}

function isEnough(recent: Window, earlier: Window): boolean {
  return recent.length >= RECENT && earlier.length >= RECENT;
}

function ratio(now: number | null, before: number | null): number | null {
  return now === null || before === null || before === 0 ? null : now / before;
}

function percent(share: number | null): string {
  return `${Math.round(100 * (share ?? 0))} %`;
}

function seconds(value: number | null): string {
  return `${Math.round(value ?? 0)} s`;
}

function usd(value: number | null): string {
  return `$${(value ?? 0).toFixed(2)}`;
}
