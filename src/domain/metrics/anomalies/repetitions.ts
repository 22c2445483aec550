import { NO_METRICS } from '../metrics-state.ts';
import type { Summary } from '../../summary/summary.ts';
import { whenHigh, type Detector } from './detector.ts';

/** What comes again and again, in a row. */
export const REPETITIONS: readonly Detector[] = [
  {
    kind: 'same_error',
    level: 'warning',
    advice:
      'It will not go away by itself: autoloop json errors 3, and docs/trouble.md for its outcome.',
    look: ({ state, last_error }) => {
      const { sameError } = state.metrics ?? NO_METRICS;
      return whenHigh({
        value: sameError.count,
        ...{ raisedAt: 3, calmAt: 1 },
        message: (count) =>
          `the same error ${count} times in a row: ${last_error?.outcome ?? ''}${clipped(last_error?.reason)}`,
      });
    },
  },
  {
    kind: 'target_stuck',
    level: 'warning',
    advice: 'Hand a hint to its next prompt (autoloop note --target), split it, or leave it out.',
    look: ({ state }) => {
      const { stuck } = state.metrics ?? NO_METRICS;
      return whenHigh({
        value: stuck.count,
        ...{ raisedAt: 5, calmAt: 1 },
        message: (count) =>
          `${stuck.target ?? ''} was worked on ${count} times in a row without success`,
      });
    },
  },
  {
    kind: 'validation_failing',
    level: 'warning',
    advice: 'See what the gates say (autoloop show N), and whether they pass without any work.',
    look: (summary) => {
      const count = failedInRow(summary);
      return whenHigh({
        value: count,
        ...{ raisedAt: 3, calmAt: 0 },
        message: () => `validation has failed ${count} times in a row`,
      });
    },
  },
];

/** Iterations that are no verdict are passed over. */
function failedInRow({ state }: Summary): number {
  const { window } = state.metrics ?? NO_METRICS;
  const judged = window.filter(({ outcome }) =>
    ['succeeded', 'no_change', 'validation_failed'].includes(outcome),
  );
  const lastGood = judged.findLastIndex(({ outcome }) => outcome !== 'validation_failed');
  return judged.length - 1 - lastGood;
}

function clipped(reason = ''): string {
  const words = reason.trim().replaceAll(/\s+/g, ' ');
  if (words === '') {
    return '';
  }
  return ` (${words.length > 120 ? `${words.slice(0, 119)}…` : words})`;
}
