import type { Attributes } from './span.ts';

export interface NamedHistogram {
  readonly name: string;
  readonly description: string;
  /** As UCUM has it. */
  readonly unit: string;
  readonly bounds: readonly number[];
  readonly points: readonly HistogramPoint[];
}

export interface HistogramPoint {
  readonly attributes: Attributes;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** One more than bounds. */
  readonly counts: readonly number[];
}

/** How values are spread, for each set of attributes; those of too many sets are one. */
export class Histogram {
  readonly #bounds: readonly number[];
  readonly #points = new Map<string, HistogramPoint>();

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
  }

  record(value: number, attributes: Attributes): void {
    const wanted = JSON.stringify(attributes);
    const isKept = this.#points.has(wanted) || this.#points.size < MOST_SETS;
    const [key, kept] = isKept ? [wanted, attributes] : ['', OVERFLOW];
    const before = this.#points.get(key) ?? this.#empty(kept);
    const found = this.#bounds.findIndex((bound) => value <= bound);
    const bucket = found === -1 ? this.#bounds.length : found;
    this.#points.set(key, {
      ...before,
      count: before.count + 1,
      sum: before.sum + value,
      min: Math.min(before.min, value),
      max: Math.max(before.max, value),
      counts: before.counts.map((count, index) => (index === bucket ? count + 1 : count)),
    });
  }

  points(): readonly HistogramPoint[] {
    return [...this.#points.values()];
  }

  #empty(attributes: Attributes): HistogramPoint {
    const counts = Array.from({ length: this.#bounds.length + 1 }, () => 0);
    return { attributes, count: 0, sum: 0, min: Infinity, max: -Infinity, counts };
  }
}

const MOST_SETS = 50;
/** What the specification calls it. */
const OVERFLOW: Attributes = { 'otel.metric.overflow': true };
