import { percentile, rounded, successRate } from './counts.ts';
import type { IterationEnd } from './iteration-end.ts';
import { isWork } from './outcome-group.ts';
import type { Bucket, Buckets } from './report.ts';

/** Iterations in stretches of one length, at most 100 of them however long the history. `offsetMs`: of local time, so that days begin at midnight. */
export function bucketize(ends: readonly IterationEnd[], offsetMs: number): Buckets {
  const known = ends.filter(({ atEpochMs }) => Number.isFinite(atEpochMs));
  if (known.length === 0) {
    return { step: STEPS[0], rows: [] };
  }
  const first = known.reduce((least, { atEpochMs }) => Math.min(least, atEpochMs), Infinity);
  const last = known.reduce((most, { atEpochMs }) => Math.max(most, atEpochMs), -Infinity);
  const step = stepFor((last - first) / 1000, mostRows(known.length));
  const stepMs = step * 1000;
  const startOf = (epochMs: number): number =>
    Math.floor((epochMs + offsetMs) / stepMs) * stepMs - offsetMs;
  const from = startOf(first);
  const tallies = Array.from({ length: (startOf(last) - from) / stepMs + 1 }, emptyTally);
  for (const end of known) {
    count(tallies[Math.floor((end.atEpochMs - from) / stepMs)], end);
  }
  return { step, rows: tallies.map((tally, at) => rowOf(tally, from + at * stepMs)) };
}

const MOST_ROWS = 100;
const LEAST_ROWS = 10;
const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const STEPS = [
  ...[1, 5, 15, 30, MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE],
  ...[
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY,
    91 * DAY,
  ],
] as const;

/** A few iterations in a hundred rows would be a few hairs. */
function mostRows(iterations: number): number {
  return Math.min(MOST_ROWS, Math.max(LEAST_ROWS, 2 * iterations));
}

function stepFor(seconds: number, rows: number): number {
  const fits = STEPS.find((step) => seconds / step <= rows - 2);
  return fits ?? Math.ceil(seconds / rows / DAY) * DAY;
}

interface Tally {
  succeeded: number;
  no_change: number;
  failed: number;
  hindered: number;
  stopped: number;
  iterations: number;
  costUsd: number | null;
  readonly durations: number[];
}

function emptyTally(): Tally {
  return {
    ...{ succeeded: 0, no_change: 0, failed: 0, hindered: 0, stopped: 0, iterations: 0 },
    ...{ costUsd: null, durations: [] },
  };
}

function count(tally: Tally | undefined, { group, costUsd, duration }: IterationEnd): void {
  if (!tally) {
    return;
  }
  tally[group] += 1;
  tally.iterations += 1;
  if (costUsd !== null) {
    tally.costUsd = (tally.costUsd ?? 0) + costUsd;
  }
  if (duration !== null && isWork(group)) {
    tally.durations.push(duration);
  }
}

function rowOf({ costUsd, durations, ...counts }: Tally, atEpochMs: number): Bucket {
  const sorted = Float64Array.from(durations).toSorted();
  const well = counts.succeeded + counts.no_change;
  return {
    at: new Date(atEpochMs).toISOString(),
    ...counts,
    success_rate: successRate(counts),
    cost_usd: costUsd === null ? null : rounded(costUsd),
    cost_per_success: costUsd === null || well === 0 ? null : rounded(costUsd / well),
    p50: percentile(sorted, 0.5),
    p90: percentile(sorted, 0.9),
  };
}
