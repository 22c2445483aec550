import { expect, test } from 'vitest';
import type { Measures } from '../../../src/domain/progress/measures.ts';
import { foldIteration } from '../../../src/domain/summary/fold-iteration.ts';
import type { IterationFacts, Summary } from '../../../src/domain/summary/summary.ts';

const FACTS: IterationFacts = {
  ...{ iteration: 1, target: 'api', outcome: 'succeeded', reason: null },
  ...{ startedAtEpochMs: 0, endedAtEpochMs: 1_000, costUsd: null, tokensIn: null, tokensOut: null },
  ...{
    said: '',
    measures: {},
    worked: true,
    changes: null,
    drifted: null,
    validation: null,
    takenBack: false,
  },
};

function summaryOf(...measured: readonly (readonly [Measures, boolean | null])[]): Summary {
  const iterations = measured.map(([measures, drifted], index) => ({
    ...FACTS,
    ...{ iteration: index + 1, measures, drifted },
  }));
  const summary = iterations.reduce<Summary | null>(
    (before, facts) => foldIteration(before, facts, 'mine'),
    null,
  );
  return summary ?? foldIteration(null, FACTS, 'mine');
}

test('what was never measured is null', () => {
  const { progress, quality } = summaryOf([{}, null]);
  expect(new Set(Object.values(progress))).toEqual(new Set([null]));
  expect(quality.drift_coefficient).toBeNull();
});

test('keeps the last percentage of the PRD, and adds up what each iteration brought', () => {
  const { progress } = summaryOf(
    [{ prd: { done: 1, total: 3 }, issuesFixed: 2, resourcesImproved: 0 }, null],
    [{ issuesFixed: 1, scenariosValidated: 4 }, null],
    [{ prd: { done: 2, total: 3 } }, null],
    [{ prd: { done: 0, total: 0 } }, null],
  );
  expect(progress).toMatchObject({
    prd_completion_percentage: 66.667,
    issues_fixed: 3,
    resources_improved: 0,
    scenarios_validated: 4,
  });
});

test('tells which share of the last twenty iterations left its target', () => {
  const known = Array.from({ length: 30 }, (_, index) => [{}, index >= 25] as const);
  const summary = summaryOf(...known, [{}, null]);
  expect(summary.quality.drift_coefficient).toBe(0.25);
  expect(summary.state.drifts).toHaveLength(20);
});

test('goes on from a summary that an older version wrote', () => {
  const { state, ...before } = summaryOf([{}, null]);
  const { drifts: _, ...old } = state;
  const next = { ...FACTS, iteration: 2, drifted: true };
  expect(foldIteration({ ...before, state: old }, next, 'mine').quality.drift_coefficient).toBe(1);
});
