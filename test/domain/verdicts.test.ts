import { expect, test } from 'vitest';
import { foldIteration } from '../../src/domain/summary/fold-iteration.ts';
import { parseSummary } from '../../src/domain/summary/parse-summary.ts';
import type { Summary } from '../../src/domain/summary/summary.ts';

type Judged = readonly [validation: boolean | null, takenBack: boolean];

function fold(before: Summary | null, [validation, takenBack]: Judged): Summary {
  const iteration = (before?.state.last_iteration ?? 0) + 1;
  const outcome = validation === false ? 'validation_failed' : 'succeeded';
  return foldIteration(
    before,
    {
      ...{ iteration, outcome, target: 'api', reason: null, said: '', measures: {} },
      ...{ startedAtEpochMs: 0, endedAtEpochMs: 1_000, costUsd: null, tokensIn: null },
      ...{ tokensOut: null, drifted: null, validation, takenBack, worked: true, changes: null },
    },
    'mine',
  );
}

function qualityAfter(...iterations: readonly Judged[]): Summary['quality'] | undefined {
  return iterations.reduce<Summary | null>(fold, null)?.quality;
}

test('work that had nothing to pass has no pass rate', () => {
  expect(qualityAfter([null, false], [null, true])).toMatchObject({
    validation_pass_rate: null,
    rollback_frequency: 0.5,
  });
});

test('tells which share of the judged iterations passed, and how many of all were taken back', () => {
  expect(qualityAfter([true, false], [false, true], [null, true], [true, false])).toMatchObject({
    validation_pass_rate: 2 / 3,
    rollback_frequency: 0.5,
  });
});

test('does not take what an older version did not count for nothing', () => {
  const { state, ...rest } = fold(fold(null, [true, false]), [true, false]);
  const { verdicts: _, ...old } = state;
  const summary = parseSummary({ ...rest, state: old });
  expect(summary?.total_iterations).toBe(2);
  const next = fold(summary, [false, true]);
  expect(next).toMatchObject({ total_iterations: 3, state: { verdicts: { iterations: 1 } } });
  expect(next.quality).toMatchObject({ validation_pass_rate: 0, rollback_frequency: 1 });
});

test('a long life makes the file no longer', () => {
  const young = fold(null, [true, false]);
  const old: Summary = { ...young, state: { ...young.state, last_iteration: 999_998 } };
  const size = (summary: Summary): number => JSON.stringify(summary.state.verdicts).length;
  expect(size(fold(old, [true, false]))).toBe(size(young));
});
