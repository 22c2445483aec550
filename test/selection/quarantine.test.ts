import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { TargetRecord } from '../../src/domain/summary/summary.ts';
import { countTarget } from '../../src/domain/summary/target-record.ts';
import { quarantineOf } from '../../src/selection/quarantine.ts';
import { scoringRules } from '../../src/selection/scoring-rules.ts';
import { siftCandidates } from '../../src/selection/sift-candidates.ts';
import { NOW, record } from './scored.ts';

const HOUR = 3_600_000;
/** What counts for who orders its targets itself. */
const VALIDATIONS = scoringRules({ quarantineAfter: 0 });

const outcome = fc.constantFrom<Outcome>(
  ...([
    'succeeded',
    'no_change',
    'failed',
    'validation_failed',
    'network_failed',
    'killed',
  ] as const),
);

function after(outcomes: readonly Outcome[]): TargetRecord | null {
  const ended = { at: new Date(NOW).toISOString(), duration: 1 };
  return outcomes.reduce<TargetRecord | null>(
    (before, one, at) => countTarget(before, { iteration: at, outcome: one, costUsd: null }, ended),
    null,
  );
}

/** Of those outcomes that say something of a target, how many at the end did not pass. */
function failedLast(outcomes: readonly Outcome[]): number {
  const telling = outcomes.filter((one) => !['network_failed', 'killed'].includes(one));
  const last = telling.findLastIndex((one) => one !== 'validation_failed');
  return telling.length - 1 - last;
}

describe('quarantine of targets that a task orders itself', () => {
  it('comes of two failed validations in a row, and of nothing else', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 8 }), (outcomes) => {
        const isOut = quarantineOf(after(outcomes), VALIDATIONS, NOW) !== null;
        expect(isOut).toBe(failedLast(outcomes) >= 2);
      }),
    );
  });

  it('is over when its time is, which doubles up to a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(30 * HOUR), (failures, ago) => {
        const last_at = new Date(NOW - ago).toISOString();
        const known = record({ last_at, validations_failed_in_row: failures });
        const hours = Math.min(24, 2 ** (failures - 2));
        const quarantine = quarantineOf(known, VALIDATIONS, NOW);
        expect(quarantine?.untilEpochMs ?? null).toBe(
          ago < hours * HOUR ? NOW - ago + hours * HOUR : null,
        );
      }),
    );
  });

  it('leaves the others as they were ordered, and loses nobody', () => {
    const candidates = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 12 });
    const failures = fc.array(fc.nat(4), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(candidates, failures, fc.nat(3), (names, inRow, limit) => {
        const records = new Map(
          names.map((name, at) => {
            const last_at = new Date(NOW).toISOString();
            return [name, record({ last_at, validations_failed_in_row: inRow[at] ?? 0 })];
          }),
        );
        const isOut = (name: string): boolean =>
          limit > 0 && (records.get(name)?.validations_failed_in_row ?? 0) >= limit;
        const rules = { ...VALIDATIONS, quarantineAfterValidations: limit };
        const listed = names.map((name) => ({ name, score: null, reason: null }));
        const { open, leftOut } = siftCandidates(listed, { records, rules, nowEpochMs: NOW });
        expect(open.map(({ name }) => name)).toEqual(names.filter((name) => !isOut(name)));
        expect(leftOut.map(({ name }) => name)).toEqual(names.filter(isOut));
      }),
    );
  });
});
