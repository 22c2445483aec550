import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addToSketch,
  EMPTY_SKETCH,
  percentile,
  type Sketch,
} from '../../../src/domain/metrics/sketch.ts';

function sketchOf(values: readonly number[]): Sketch {
  return values.reduce(addToSketch, EMPTY_SKETCH);
}

function truePercentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}

test('tells no percentile of nothing', () => {
  expect(percentile(EMPTY_SKETCH, 0.5)).toBeNull();
});

test('is exact as long as values are few', () => {
  const sketch = sketchOf([30, 10, 20, 50, 40]);
  expect([0, 0.5, 0.9, 0.99, 1].map((share) => percentile(sketch, share))).toEqual([
    10, 30, 40, 40, 50,
  ]);
});

test('is within one percent of the truth, however many and however spread', () => {
  const duration = fc.double({ min: 0.01, max: 100_000, noNaN: true });
  fc.assert(
    fc.property(fc.array(duration, { minLength: 1, maxLength: 400 }), (values) => {
      const sketch = sketchOf(values);
      for (const share of [0, 0.25, 0.5, 0.9, 0.95, 0.99, 1]) {
        const told = percentile(sketch, share) ?? Number.NaN;
        const truth = truePercentile(values, share);
        expect(Math.abs(told - truth)).toBeLessThanOrEqual(0.0101 * truth + 0.001);
      }
      expect([sketch.count, sketch.min, sketch.max]).toEqual([
        values.length,
        Math.min(...values),
        Math.max(...values),
      ]);
    }),
  );
});

test('holds no more for a million values than their spread asks for', () => {
  let sketch = EMPTY_SKETCH;
  for (let index = 0; index < 20_000; index += 1) {
    sketch = addToSketch(sketch, 1 + ((index * 7919) % 1_000_003) / 100);
  }
  expect(Object.keys(sketch.buckets).length).toBeLessThan(500);
  expect(sketch.exact).toBeNull();
});

test('counts what is nothing, and what is less, as nothing', () => {
  const values = Array.from({ length: 150 }, (_, index) => (index < 100 ? -1 : 5));
  expect(percentile(sketchOf(values), 0.5)).toBe(0);
  expect(percentile(sketchOf(values), 0.9)).toBeCloseTo(5, 0);
});
