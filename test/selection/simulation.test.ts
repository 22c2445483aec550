import { describe, expect, it } from 'vitest';
import { scoringRules } from '../../src/selection/scoring-rules.ts';
import { target } from './scored.ts';
import { byChance, byScore, inTurn, simulate } from './simulated-targets.ts';

describe('over thousands of iterations', () => {
  it('nobody starves: who needs nothing and is wished away is chosen again within the bound of the docs', () => {
    const size = 20;
    const isLast = (name: string): boolean => name === 'target-19';
    const strategy = byScore('starve', scoringRules({ quarantineAfter: 0 }), ({ name }) =>
      target(name, isLast(name) ? { need: 0, priority: -1 } : { need: 1, priority: 1 }),
    );
    const world = { seed: 'starve', iterations: 10_000, targets: size, world: 'mixed' } as const;
    const { picks } = simulate({ ...world, strategy });
    const gaps = Array.from({ length: size }, (_, at) => longestGap(picks, `target-${at}`));
    expect(Math.max(...gaps)).toBeLessThan(58 * size);
    // It is no round robin, either.
    expect(gaps.at(-1)).toBeGreaterThan(10 * size);
  });

  it('a hopeless target costs an iteration or two a day, and is never given up', () => {
    const { picks } = simulate({
      ...{ seed: 'hopeless', iterations: 10_000, targets: 20, world: 'mixed' },
      strategy: byScore('hopeless'),
    });
    const days = (10_000 * 5) / 60 / 24;
    for (const name of ['target-9', 'target-19']) {
      expect(picks.filter((pick) => pick === name).length).toBeLessThan(10 + 2 * days);
      expect(picks.lastIndexOf(name)).toBeGreaterThan(9_000);
    }
  });

  const WORLDS = [20, 60].flatMap((targets) =>
    ['one', 'two', 'three'].map((seed) => ({ seed, targets, iterations: 3_000 })),
  );

  it.each(WORLDS)('regrets less than half of what chance and turns do (%j)', (facts) => {
    const world = { ...facts, world: 'mixed' } as const;
    const scored = simulate({ ...world, strategy: byScore(facts.seed) });
    const random = simulate({ ...world, strategy: byChance(facts.seed) });
    const turns = simulate({ ...world, strategy: inTurn });
    expect(scored.regret).toBeLessThan(random.regret / 2);
    expect(scored.regret).toBeLessThan(turns.regret / 2);
  });

  it('is the same again by the same seed', () => {
    const world = { seed: 'again', iterations: 500, targets: 12, world: 'mixed' } as const;
    const picks = (): unknown => simulate({ ...world, strategy: byScore('again') }).picks;
    expect(picks()).toEqual(picks());
    expect(simulate({ ...world, strategy: byScore('other') }).picks).not.toEqual(picks());
  });
});

function longestGap(picks: readonly (string | null)[], name: string): number {
  const at = [-1, ...picks.flatMap((pick, index) => (pick === name ? [index] : [])), picks.length];
  return Math.max(...at.slice(1).map((index, before) => index - (at[before] ?? 0)));
}
