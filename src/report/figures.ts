import { addCost } from '../domain/tokens.ts';
import { countGroups, percentile, rounded, successRate } from './counts.ts';
import type { IterationEnd, KnownMeasures } from './iteration-end.ts';
import { isWork } from './outcome-group.ts';
import type { DurationFigures, Figures } from './report.ts';

/** What some iterations come to: all of a loop, or a stretch of them. */
export function figuresOf(ends: readonly IterationEnd[]): Figures {
  const counts = countGroups(ends.map(({ group }) => group));
  const costs = ends.flatMap(({ costUsd }) => costUsd ?? []);
  const cost = costs.length === 0 ? null : rounded(sum(costs));
  const tokens = tokensOf(ends);
  const worked = rounded(sum(ends.map(({ duration }) => duration ?? 0)));
  const successes = counts.succeeded + counts.no_change;
  const perSuccess = (amount: number | null): number | null =>
    amount === null || successes === 0 ? null : rounded(amount / successes);
  return {
    ...counts,
    success_rate: successRate(counts),
    cost_usd: cost,
    cost_known_of: costs.length,
    cost_is_estimated: ends.some(({ isEstimated, costUsd }) => isEstimated && costUsd !== null),
    cost_per_success: perSuccess(cost),
    tokens,
    tokens_per_success: perSuccess(tokens && tokens.in + tokens.out),
    worked,
    worked_per_success: perSuccess(worked),
    duration: durationsOf(ends),
    issues_fixed: measured(ends, ({ issuesFixed }) => issuesFixed),
    resources_improved: measured(ends, ({ resourcesImproved }) => resourcesImproved),
    scenarios_validated: measured(ends, ({ scenariosValidated }) => scenariosValidated),
    validations: validationsOf(ends),
    drifted: driftedOf(ends),
  };
}

function tokensOf(ends: readonly IterationEnd[]): Figures['tokens'] {
  const told = ends.filter(({ tokensIn, tokensOut }) => tokensIn !== null || tokensOut !== null);
  return told.length === 0
    ? null
    : {
        in: sum(told.map(({ tokensIn }) => tokensIn ?? 0)),
        out: sum(told.map(({ tokensOut }) => tokensOut ?? 0)),
        cached: sum(told.map(({ tokensCached }) => tokensCached ?? 0)),
      };
}

/** Of work: how long a limit or a stop took to end an iteration says nothing of it. */
function durationsOf(ends: readonly IterationEnd[]): DurationFigures {
  const durations = ends.flatMap(({ duration, group }) =>
    duration !== null && isWork(group) ? duration : [],
  );
  const sorted = Float64Array.from(durations).toSorted();
  const [p50, p90, p99, max] = [0.5, 0.9, 0.99, 1].map((p) => percentile(sorted, p));
  return {
    avg: sorted.length === 0 ? null : rounded(sum(durations) / sorted.length),
    ...{ p50: p50 ?? null, p90: p90 ?? null, p99: p99 ?? null, max: max ?? null },
  };
}

function measured(
  ends: readonly IterationEnd[],
  read: (measures: KnownMeasures) => number | null,
): number | null {
  return ends.reduce<number | null>(
    (total, { measures }) => addCost(total, measures && read(measures)),
    null,
  );
}

function validationsOf(ends: readonly IterationEnd[]): Figures['validations'] {
  const judged = ends.filter(({ validation }) => validation !== null);
  const passed = judged.filter(({ validation }) => validation === true);
  return judged.length === 0 ? null : { passed: passed.length, judged: judged.length };
}

function driftedOf(ends: readonly IterationEnd[]): number | null {
  const known = ends.filter(({ drifted }) => drifted !== null);
  return known.length === 0 ? null : known.filter(({ drifted }) => drifted === true).length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
