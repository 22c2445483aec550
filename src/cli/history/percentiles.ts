/** Seconds; null where nothing has been measured. */
export interface DurationFigures {
  readonly count: number;
  readonly min: number | null;
  readonly avg: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

/** A percentile is a duration that was measured: the one at the rank (n − 1) × p, rounded down. */
export function durationFigures(durations: readonly number[]): DurationFigures {
  const sorted = Float64Array.from(durations).toSorted();
  const at = (share: number): number | null =>
    sorted[Math.floor((sorted.length - 1) * share)] ?? null;
  const sum = sorted.reduce((total, value) => total + value, 0);
  return {
    count: sorted.length,
    min: at(0),
    avg: sorted.length === 0 ? null : rounded(sum / sorted.length),
    ...{ p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) },
    max: at(1),
  };
}

export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
