import type { OutcomeGroup } from './outcome-group.ts';
import type { Counts } from './report.ts';

export function countGroups(groups: Iterable<OutcomeGroup>): Counts {
  const counts = { succeeded: 0, no_change: 0, failed: 0, hindered: 0, stopped: 0, iterations: 0 };
  for (const group of groups) {
    counts[group] += 1;
    counts.iterations += 1;
  }
  return counts;
}

/** As `summary.json` has it: of all iterations. null: there was none. */
export function successRate({ succeeded, no_change, iterations }: Counts): number | null {
  return share(succeeded + no_change, iterations);
}

/** Of all that happened, what did not go well. */
export function troubled(counts: Omit<Counts, 'iterations'>): number {
  return counts.failed + counts.hindered;
}

export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : rounded(part / whole);
}

export function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** The lowest of `sorted` that is no lower than the share `p` of them: a value that was measured. */
export function percentile(sorted: Float64Array | readonly number[], p: number): number | null {
  return sorted[Math.floor((sorted.length - 1) * p)] ?? null;
}
