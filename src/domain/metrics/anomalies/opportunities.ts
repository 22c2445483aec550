import type { Summary } from '../../summary/summary.ts';
import { memoryGrowth } from '../life.ts';
import { NO_METRICS } from '../metrics-state.ts';
import { meanDuration, successRate } from '../window.ts';
import { whenHigh, type Detector } from './detector.ts';

/** What goes so well that more could be asked. */
export const OPPORTUNITIES: readonly Detector[] = [
  {
    kind: 'shorten_interval',
    level: 'opportunity',
    advice: 'Iterations are short and good: a lower --interval gets more of them done.',
    look: ({ state }) => {
      const { window } = state.metrics ?? NO_METRICS;
      const seconds = meanDuration(window);
      return whenHigh({
        value:
          window.length < 20 || seconds === null || seconds >= SHORT_SECONDS
            ? 0
            : successRate(window),
        ...{ raisedAt: 0.9, calmAt: 0.8 },
        message: (share) =>
          `${percent(share)} succeed, in ${Math.round(seconds ?? 0)} s each on average`,
      });
    },
  },
  {
    kind: 'widen_scope',
    level: 'opportunity',
    advice: 'The task has become easy: give it more, or harder, targets.',
    look: ({ state }) => {
      const { window } = state.metrics ?? NO_METRICS;
      return whenHigh({
        value: window.length < 50 ? null : successRate(window),
        ...{ raisedAt: 0.8, calmAt: 0.7 },
        message: (share) => `${percent(share)} of the last 50 iterations succeeded`,
      });
    },
  },
  {
    kind: 'add_workers',
    level: 'opportunity',
    advice: 'The machine has room: run another loop beside this one.',
    look: ({ state }) => {
      const { life, window } = state.metrics ?? NO_METRICS;
      const growth = memoryGrowth(life);
      const isSteady = growth !== null && growth < STEADY_MB_PER_HOUR;
      return whenHigh({
        value: isSteady && (successRate(window) ?? 0) >= 0.7 ? life.seconds / 3600 : 0,
        ...{ raisedAt: 24, calmAt: 12 },
        message: (hours) => `steady for ${Math.floor(hours)} hours, and most iterations succeed`,
      });
    },
  },
  {
    kind: 'graduate',
    level: 'opportunity',
    advice: 'Leave it out (see docs/selection.md, graduation), so that the others get its turns.',
    look: (summary) => {
      const done = nothingLeftToDo(summary);
      return whenHigh({
        value: done.length,
        ...{ raisedAt: 1, calmAt: 0 },
        message: () => `nothing seems to be left to do for ${done.slice(0, 5).join(', ')}`,
      });
    },
  },
];

const SHORT_SECONDS = 180;
const STEADY_MB_PER_HOUR = 10;

/** Targets whose last ten iterations went well, and whose last found nothing to change. */
function nothingLeftToDo({ targets }: Summary): string[] {
  return Object.entries(targets)
    .filter(
      ([, record]) => record.last_outcome === 'no_change' && record.last_ten === '+'.repeat(10),
    )
    .map(([name]) => name);
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
