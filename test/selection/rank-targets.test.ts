import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainScore } from '../../src/selection/explain-score.ts';
import { scoringRules } from '../../src/selection/scoring-rules.ts';
import { NOW, rank, record, scoreIn, target } from './scored.ts';

/** Its hour is over in a second. */
const JUST = '2026-11-27T11:00:01.000Z';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const count = fc.nat(50);
const anyRecord = fc.option(
  fc
    .record({
      succeeded: count,
      failed: count,
      unchanged: count,
      failures_in_row: fc.nat(2),
      validations_failed_in_row: fc.nat(1),
      last_iteration: fc.option(fc.integer({ min: 1, max: 99 })),
      cost_usd: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
    })
    .map((facts) => record({ ...facts, iterations: facts.succeeded + facts.failed + 1 })),
);
const anyTarget = fc.record({
  need: fc.option(share),
  priority: fc.double({ min: -1, max: 1, noNaN: true }),
  graduated: fc.boolean(),
  record: anyRecord,
});

/** Up to twelve targets with whatever history. */
const anyField = fc.array(anyTarget, { minLength: 1, maxLength: 12 }).map((all) => ({
  targets: all.map(({ need, priority, graduated }, at) =>
    target(`t${at}`, { need, priority, graduated }),
  ),
  records: new Map<string, ReturnType<typeof record>>(
    all.flatMap(({ record: known }, at) => (known ? [[`t${at}`, known] as const] : [])),
  ),
}));

describe('a score', () => {
  it('is the sum of its parts, and every part has its reason', () => {
    fc.assert(
      fc.property(anyField, (field) => {
        for (const ranked of rank(field).ranked) {
          const parts = explainScore(ranked, scoringRules());
          const sum = parts.reduce((total, { points }) => total + points, 0);
          expect(sum).toBeCloseTo(ranked.score, 9);
          expect(parts.every(({ reason }) => reason !== '')).toBe(true);
        }
      }),
    );
  });

  it('grows with need, all else being equal', () => {
    fc.assert(
      fc.property(anyField, share, share, (field, one, other) => {
        const [first = target('t0'), ...rest] = field.targets;
        const scoreAt = (need: number): number =>
          scoreIn({ ...field, targets: [{ ...first, need, graduated: false }, ...rest] }, 't0');
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(scoreAt(high) - scoreAt(low)).toBeGreaterThanOrEqual(2 * (high - low) - 1e-9);
      }),
    );
  });

  it('grows with priority, all else being equal', () => {
    fc.assert(
      fc.property(anyField, share, (field, more) => {
        const [first = target('t0'), ...rest] = field.targets;
        const scoreAt = (priority: number): number =>
          scoreIn({ ...field, targets: [{ ...first, priority, graduated: false }, ...rest] }, 't0');
        expect(scoreAt(more)).toBeGreaterThanOrEqual(scoreAt(-more));
      }),
    );
  });

  it('is higher for who waited longer, succeeded more often and cost less', () => {
    const rules = scoringRules({ weights: { exploration: 0 } });
    const of = (facts: Parameters<typeof record>[0]): number =>
      scoreIn(
        {
          ...{ rules, targets: [target('a'), target('b')] },
          records: new Map([
            ['a', record({ iterations: 4, succeeded: 2, failed: 2, cost_usd: 4, ...facts })],
            ['b', record({ iterations: 4, cost_usd: 8 })],
          ]),
        },
        'a',
      );
    const usual = of({ last_iteration: 99 });
    expect(of({ last_iteration: 90 })).toBeGreaterThan(usual);
    expect(of({ last_iteration: 99, succeeded: 3, failed: 1 })).toBeGreaterThan(usual);
    expect(of({ last_iteration: 99, cost_usd: 1 })).toBeGreaterThan(usual);
    expect(of({ last_iteration: 99, unchanged: 1 })).toBeLessThan(usual);
  });

  it('is the same for the same seed, and independent of who else is offered, and in which order', () => {
    fc.assert(
      fc.property(anyField, fc.string(), (field, seed) => {
        const forward = rank({ ...field, seed });
        const backward = rank({ ...field, seed, targets: field.targets.toReversed() });
        expect(rank({ ...field, seed })).toEqual(forward);
        expect(backward.ranked).toEqual(forward.ranked);
      }),
    );
    const exploration = (facts: object): number | undefined => {
      const { ranked } = rank({ targets: [target('a')], ...facts });
      return ranked.find((one) => one.target.name === 'a')?.values.exploration;
    };
    expect(exploration({ targets: [target('z'), target('a')] })).toBe(exploration({}));
    expect(exploration({ seed: 'another' })).not.toBe(exploration({}));
    expect(exploration({ iteration: 101 })).not.toBe(exploration({}));
  });
});

describe('a cool-down', () => {
  it('is respected: who cools down is first only where everybody does', () => {
    fc.assert(
      fc.property(anyField, fc.nat(30), fc.nat(7_200), (field, iterations, seconds) => {
        const rules = scoringRules({ cooldownIterations: iterations, cooldownSeconds: seconds });
        const { ranked } = rank({ ...field, rules });
        const isCooling = (name: string): boolean => {
          const known = field.records.get(name);
          const last = known?.last_iteration ?? null;
          const ago = NOW - Date.parse(known?.last_at ?? '');
          return (last !== null && 100 - last <= iterations) || ago < seconds * 1000;
        };
        const order = ranked.map(({ target: { name } }) => Number(isCooling(name)));
        expect(order).toEqual(order.toSorted((left, right) => left - right));
      }),
    );
  });

  it('counts iterations and seconds, each for itself', () => {
    const isCooling = (last: number, rules: ReturnType<typeof scoringRules>): boolean => {
      const records = new Map([['used', record({ last_iteration: last })]]);
      return rank({ targets: [target('used')], records, rules }).ranked[0]?.cooling !== null;
    };
    expect([98, 97].map((last) => isCooling(last, scoringRules()))).toEqual([true, false]);
    const seconds = (cooldownSeconds: number) =>
      isCooling(1, scoringRules({ cooldownIterations: 0, cooldownSeconds }));
    expect([3_601, 3_600].map(seconds)).toEqual([true, false]);
  });
});

describe('left out', () => {
  it('is who graduated, or failed so often in a row, each with the reason', () => {
    const { ranked, leftOut } = rank({
      targets: ['good', 'failing', 'invalid', 'twice'].map((name) =>
        target(name, { graduated: name === 'good' }),
      ),
      records: new Map([
        ['failing', record({ failures_in_row: 3, last_at: JUST })],
        ['invalid', record({ failures_in_row: 2, validations_failed_in_row: 2, last_at: JUST })],
        ['twice', record({ failures_in_row: 2, validations_failed_in_row: 1 })],
      ]),
    });
    expect(ranked.map((one) => one.target.name)).toEqual(['twice']);
    expect(leftOut).toEqual([
      {
        ...{ name: 'good', why: 'graduated', graduation: null },
        reason: 'its task says that it is good enough',
      },
      {
        ...{ name: 'failing', why: 'quarantined', graduation: null },
        reason: 'it failed 3 times in a row, until 2026-11-27T12:00:01.000Z',
      },
      {
        ...{ name: 'invalid', why: 'quarantined', graduation: null },
        reason: 'its work did not pass validation 2 times in a row, until 2026-11-27T12:00:01.000Z',
      },
    ]);
  });

  it('is nobody for ever: after an hour one is tried again, after each failure more twice as long, up to a day', () => {
    const targets = [target('failing')];
    const isOut = (failures: number, minutes: number, rules = scoringRules()): boolean => {
      const last_at = new Date(NOW - minutes * 60_000).toISOString();
      const records = new Map([['failing', record({ failures_in_row: failures, last_at })]]);
      return rank({ targets, records, rules }).leftOut.length === 1;
    };
    expect([59, 60].map((minutes) => isOut(3, minutes))).toEqual([true, false]);
    expect([239, 240].map((minutes) => isOut(5, minutes))).toEqual([true, false]);
    expect([1_439, 1_440].map((minutes) => isOut(99, minutes))).toEqual([true, false]);
    expect(isOut(3, 9_999_999, scoringRules({ quarantineHours: 0 }))).toBe(true);
    expect(isOut(99, 1, scoringRules({ quarantineAfter: 0 }))).toBe(false);
  });
});
