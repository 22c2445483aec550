import { describe, expect, it } from 'vitest';
import { drawBeta } from '../../src/selection/draw-beta.ts';
import { seededRandom } from '../../src/selection/seeded-random.ts';

const DRAWS = 20_000;

describe('numbers by a seed', () => {
  it('are spread evenly from 0 up to 1, and are other ones for another seed', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    const random = seededRandom('even');
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const tenth = Math.floor(random() * 10);
      tenths[tenth] = (tenths[tenth] ?? NaN) + 1;
    }
    expect(Math.min(...tenths)).toBeGreaterThan((DRAWS / 10) * 0.9);
    expect(Math.max(...tenths)).toBeLessThan((DRAWS / 10) * 1.1);
  });

  it('are spread evenly over seeds that differ in little', () => {
    const firsts = Array.from({ length: DRAWS }, (_, at) => seededRandom(`loop\n${at}\napi`)());
    const mean = firsts.reduce((sum, first) => sum + first, 0) / DRAWS;
    const low = firsts.filter((first) => first < 0.1).length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
    expect(Math.abs(low / DRAWS - 0.1)).toBeLessThan(0.01);
  });
});

describe('a draw of what is believed', () => {
  it.each([
    { a: 1, b: 1 },
    { a: 2, b: 5 },
    { a: 40, b: 10 },
    { a: 1, b: 500 },
  ])('has mean and spread of Beta($a, $b)', ({ a, b }) => {
    const random = seededRandom(`${a} ${b}`);
    const draws = Array.from({ length: DRAWS }, () => drawBeta({ a, b }, random));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / DRAWS;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / DRAWS;
    const expected = (a * b) / ((a + b) ** 2 * (a + b + 1));
    expect(draws.every((draw) => draw >= 0 && draw <= 1)).toBe(true);
    expect(Math.abs(mean - a / (a + b))).toBeLessThan(4 * Math.sqrt(expected / DRAWS));
    expect(variance / expected).toBeGreaterThan(0.9);
    expect(variance / expected).toBeLessThan(1.1);
  });
});
