import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graduationOf } from '../../src/selection/graduation.ts';
import { rank, record, target } from './scored.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const maybe = fc.option(share);
const maturity = fc.record({ completion: maybe, quality: maybe, documentation: maybe });
const lastTen = fc.string({ unit: fc.constantFrom('+', '-'), maxLength: 10 });

const GOOD = { completion: 1, quality: 1, documentation: 1 };

function namesOf(facts: Parameters<typeof rank>[0]) {
  const { ranked, leftOut } = rank(facts);
  return { ranked: ranked.map(({ target: { name } }) => name), leftOut };
}

describe('a target whose task tells how far it is', () => {
  it('is left out exactly where its score is 0.9 and more, and every part of it is known', () => {
    fc.assert(
      fc.property(maturity, lastTen, (told, last_ten) => {
        const records = new Map([['a', record({ last_ten })]]);
        const { leftOut } = rank({ targets: [target('a', { maturity: told })], records });
        const graduation = graduationOf({ maturity: told }, records.get('a') ?? null);
        const sum = (graduation?.parts ?? []).reduce(
          (total, { value, weight }) => total + (value ?? NaN) * weight,
          0,
        );
        expect(leftOut.length === 1).toBe(Math.round(sum * 1e6) / 1e6 >= 0.9);
      }),
    );
  });

  it('graduates with the stability that its iterations have shown, and comes back below', () => {
    const targets = [target('a', { maturity: GOOD }), target('b')];
    const at = (last_ten: string, of = targets) =>
      namesOf({ targets: of, records: new Map([['a', record({ last_ten })]]) });
    expect(at('++++++++++')).toMatchObject({
      ranked: ['b'],
      leftOut: [
        {
          ...{ name: 'a', why: 'graduated' },
          reason:
            '1 of 0.9: completion 1 × 0.3, stability 1 × 0.3, quality 1 × 0.2, documentation 1 × 0.2',
        },
      ],
    });
    expect(at('+++++++---').leftOut).toHaveLength(1);
    expect(at('++++++----').ranked.toSorted()).toEqual(['a', 'b']);
    const stale = [target('a', { maturity: { ...GOOD, documentation: 0.4 } }), target('b')];
    expect(at('++++++++++', stale).ranked.toSorted()).toEqual(['a', 'b']);
  });

  it('has not graduated while a part is not known: nobody worked on it, or nobody measured', () => {
    const open = [target('a', { maturity: GOOD })];
    expect(namesOf({ targets: open }).ranked).toEqual(['a']);
    const half = [target('a', { maturity: { ...GOOD, quality: null } })];
    const records = new Map([['a', record({ last_ten: '+' })]]);
    const { ranked } = rank({ targets: half, records });
    expect(ranked[0]?.graduation).toMatchObject({ score: null, graduated: false });
    expect(namesOf({ targets: open, records }).ranked).toEqual([]);
  });

  it('has graduated all the same where its task says so', () => {
    const told = target('a', { graduated: true, maturity: { ...GOOD, quality: 0 } });
    expect(rank({ targets: [told] }).leftOut).toMatchObject([{ why: 'graduated' }]);
  });
});
