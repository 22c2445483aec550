import { figuresOf } from './figures.ts';
import type { IterationEnd } from './iteration-end.ts';
import type { Figures } from './report.ts';

/** The last iterations beside as many before them. */
export interface Trend {
  readonly now: Figures;
  readonly before: Figures;
}

/** null: too few to tell. */
export function trendOf(ends: readonly IterationEnd[]): Trend | null {
  const window = Math.min(LARGEST, Math.floor(ends.length / 2));
  return window < SMALLEST
    ? null
    : {
        now: figuresOf(ends.slice(-window)),
        before: figuresOf(ends.slice(-2 * window, -window)),
      };
}

const LARGEST = 50;
const SMALLEST = 5;
