import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reachedCap, remainingBudget, tokensOf, type Caps } from '../../src/domain/cap.ts';

const NONE: Caps = { maxCostUsd: 0, maxTokens: 0, maxRuntimeMs: 0 };
const spent = (costUsd: number | null, tokens: number | null = null) => ({
  costUsd,
  tokens: tokens === null ? null : { in: tokens, out: 0, cached: 1_000_000 },
});

describe('what a cap leaves', () => {
  it('is any amount where there is none', () => {
    expect(remainingBudget(NONE, spent(1_000, 1_000))).toEqual({ costUsd: null, tokens: null });
  });

  it('is the rest, to a cent of a cent, and never less than nothing', () => {
    const caps = { ...NONE, maxCostUsd: 0.3, maxTokens: 100 };
    expect(remainingBudget(caps, spent(0.1, 30))).toEqual({ costUsd: 0.2, tokens: 70 });
    expect(remainingBudget(caps, spent(0.4, 300))).toEqual({ costUsd: 0, tokens: 0 });
    expect(remainingBudget(caps, spent(null))).toEqual({ costUsd: 0.3, tokens: 100 });
  });

  it('counts in, out and cache writes, not what was read from the cache', () => {
    expect(tokensOf({ costUsd: null, tokens: { in: 5, out: 7, cached: 900 } })).toBe(12);
  });
});

describe('a cap', () => {
  it.each([
    [{}, spent(99, 99), 99, null],
    [{ maxCostUsd: 5 }, spent(4.99), 0, null],
    [{ maxCostUsd: 5 }, spent(5), 0, 'cost'],
    [{ maxCostUsd: 5 }, spent(null), 0, null],
    [{ maxTokens: 10 }, spent(0, 9), 0, null],
    [{ maxTokens: 10 }, spent(0, 10), 0, 'tokens'],
    [{ maxRuntimeMs: 10 }, spent(0), 9, null],
    [{ maxRuntimeMs: 10 }, spent(0), 10, 'runtime'],
  ] as const)('%j with %j spent in %d ms is %s', (caps, used, livedMs, reached) => {
    expect(reachedCap({ ...NONE, ...caps }, used, livedMs)).toBe(reached);
  });

  it('is reached exactly where nothing is left of it', () => {
    const usd = fc.integer({ min: 1, max: 10_000 }).map((cents) => cents / 100);
    fc.assert(
      fc.property(usd, usd, (maxCostUsd, costUsd) => {
        const caps = { ...NONE, maxCostUsd };
        const isLeft = (remainingBudget(caps, spent(costUsd)).costUsd ?? 1) > 0;
        expect(reachedCap(caps, spent(costUsd), 0)).toBe(isLeft ? null : 'cost');
      }),
    );
  });
});
