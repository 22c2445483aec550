/**
 * Percentiles of a stream whose length does not matter: the first values exactly, then a DDSketch (Masson, Rim, Lee:
 * "DDSketch", VLDB 2019, section 2): values are counted in buckets whose bounds grow by γ = (1 + α) / (1 − α), so that any
 * percentile told is within α = 1 % of the true one. Plain data, the same for the same values in the same order.
 */
export interface Sketch {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  /** The values, sorted, as long as they are few; null: they are counted in `buckets`. */
  readonly exact: readonly number[] | null;
  /** Index of a bucket → values in it. */
  readonly buckets: Readonly<Record<string, number>>;
  /** Values of 0, and what is too small to tell from it. */
  readonly zeros: number;
}

export const EMPTY_SKETCH: Sketch = {
  ...{ count: 0, min: Number.MAX_VALUE, max: 0, exact: [] },
  ...{ buckets: {}, zeros: 0 },
};

/** Values below 0 count as 0. */
export function addToSketch(sketch: Sketch, measured: number): Sketch {
  const value = Math.max(0, measured);
  const count = sketch.count + 1;
  const bounds = { min: Math.min(sketch.min, value), max: Math.max(sketch.max, value) };
  if (sketch.exact && count <= MOST_EXACT) {
    const exact = [...sketch.exact, value].toSorted((left, right) => left - right);
    return { ...sketch, ...bounds, count, exact };
  }
  const counted = (sketch.exact ?? []).reduce(counting, { ...sketch, exact: null });
  return { ...counting(counted, value), ...bounds, count };
}

/** The value at the rank (n − 1) × share, rounded down, as `json durations` tells it; null: there is none. */
export function percentile(sketch: Sketch, share: number): number | null {
  const rank = Math.floor((sketch.count - 1) * share);
  if (sketch.count === 0) {
    return null;
  }
  if (sketch.exact) {
    return sketch.exact[rank] ?? null;
  }
  if (rank === sketch.count - 1) {
    return sketch.max;
  }
  return Math.min(sketch.max, Math.max(sketch.min, valueAt(sketch, rank)));
}

const MOST_EXACT = 100;
const ACCURACY = 0.01;
const GAMMA = (1 + ACCURACY) / (1 - ACCURACY);
const SMALLEST = 0.001;

function counting(sketch: Sketch, value: number): Sketch {
  if (value < SMALLEST) {
    return { ...sketch, zeros: sketch.zeros + 1 };
  }
  const index = String(Math.ceil(Math.log(value) / Math.log(GAMMA)));
  return {
    ...sketch,
    buckets: { ...sketch.buckets, [index]: (sketch.buckets[index] ?? 0) + 1 },
  };
}

function valueAt({ zeros, buckets }: Sketch, rank: number): number {
  let passed = zeros;
  if (rank < passed) {
    return 0;
  }
  const indexes = Object.keys(buckets).toSorted((left, right) => Number(left) - Number(right));
  for (const index of indexes) {
    passed += buckets[index] ?? 0;
    if (rank < passed) {
      return rounded((2 * GAMMA ** Number(index)) / (GAMMA + 1));
    }
  }
  return Number.MAX_VALUE;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
