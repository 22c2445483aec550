import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/outcome.ts';
import { foldIteration } from '../../src/domain/summary/fold-iteration.ts';
import { parseSummary } from '../../src/domain/summary/parse-summary.ts';
import type { Summary } from '../../src/domain/summary/summary.ts';
import { targetRecords } from '../../src/domain/summary/target-record.ts';

const START = Date.UTC(2026, 10, 27);

function fold(before: Summary | null, target: string, outcome: Outcome, costUsd = 0.5): Summary {
  const iteration = (before?.state.last_iteration ?? 0) + 1;
  const startedAtEpochMs = START + iteration * 60_000;
  const facts = { iteration, target, outcome, reason: null, costUsd, startedAtEpochMs };
  const rest = { endedAtEpochMs: startedAtEpochMs + 10_000, tokensIn: 1, tokensOut: 1, said: '' };
  const unmeasured = {
    measures: {},
    worked: true,
    changes: null,
    drifted: null,
    validation: null,
    takenBack: false,
  };
  return foldIteration(before, { ...facts, ...rest, ...unmeasured }, 'task');
}

function after(...outcomes: readonly Outcome[]) {
  const summary = outcomes.reduce<Summary | null>(
    (before, outcome) => fold(before, 'a', outcome),
    null,
  );
  return targetRecords(summary).get('a');
}

describe('the record of a target', () => {
  it('counts successes, failures, cost and time', () => {
    expect(after('succeeded', 'no_change', 'failed', 'timed_out')).toEqual({
      ...{ iterations: 4, succeeded: 2, failed: 2, unchanged: 1, failures_in_row: 2 },
      ...{ validations_failed_in_row: 0, last_outcome: 'timed_out', last_iteration: 4 },
      ...{ last_at: '2026-11-27T00:04:10.000Z', cost_usd: 2, duration: 40, last_ten: '++--' },
    });
  });

  it('holds nothing against a target that is not its doing, and forgives nothing for it', () => {
    expect(after('failed', 'network_failed', 'killed', 'failed')).toMatchObject({
      ...{ iterations: 4, failed: 2, failures_in_row: 2 },
    });
  });

  it('counts failures and failed validations in a row, each for itself', () => {
    expect(after('validation_failed', 'validation_failed')).toMatchObject({
      ...{ failures_in_row: 2, validations_failed_in_row: 2 },
    });
    expect(after('validation_failed', 'failed')).toMatchObject({
      ...{ failures_in_row: 2, validations_failed_in_row: 0 },
    });
    expect(after('validation_failed', 'succeeded')).toMatchObject({
      ...{ failures_in_row: 0, validations_failed_in_row: 0 },
    });
  });

  it('of an older version is completed, and counted on', () => {
    const old = { iterations: 4, succeeded: 1, last_outcome: 'failed', last_at: '2026-01-01' };
    const kept = {
      ...fold(null, 'x', 'succeeded'),
      targets: { a: old, broken: 'x', worse: { last_outcome: 'no' } },
    };
    const summary = parseSummary(structuredClone(kept));
    expect([...targetRecords(summary)]).toEqual([
      [
        'a',
        {
          ...{ ...old, last_iteration: null, failed: 3, unchanged: 0, failures_in_row: 1 },
          ...{ validations_failed_in_row: 0, cost_usd: null, duration: null, last_ten: '-' },
        },
      ],
    ]);
    expect(targetRecords(fold(summary, 'a', 'failed')).get('a')).toMatchObject({
      ...{ iterations: 5, failed: 4, failures_in_row: 2, last_iteration: 2, cost_usd: 0.5 },
      last_ten: '--',
    });
  });

  it('is kept of 500; those that fail are remembered longer than those that do not', () => {
    let summary = fold(null, 'failing', 'failed');
    for (let at = 0; at < 600; at += 1) {
      summary = fold(summary, `${at}`, 'succeeded');
    }
    const names = [...targetRecords(summary).keys()];
    expect(names).toHaveLength(500);
    expect(names).toContain('failing');
    expect([names.includes('100'), names.includes('101')]).toEqual([false, true]);
  });

  it('may be of a target of any name', () => {
    const summary = ['__proto__', 'constructor', '12'].reduce<Summary | null>(
      (before, name) => fold(fold(before, name, 'failed'), name, 'failed'),
      null,
    );
    const again = parseSummary(JSON.parse(JSON.stringify(summary)));
    expect([...targetRecords(again)].map(([name, kept]) => [name, kept.failures_in_row])).toEqual(
      expect.arrayContaining([
        ['__proto__', 2],
        ['constructor', 2],
        ['12', 2],
      ]),
    );
  });
});
