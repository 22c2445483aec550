import { isSuccess } from '../outcome.ts';
import { driftCoefficient, rememberDrift } from '../progress/drift.ts';
import { foldProgress } from '../progress/measures.ts';
import { isTimeout } from '../metrics/window.ts';
import { addCost } from '../tokens.ts';
import { emptySummary } from './empty-summary.ts';
import { LONGEST_SAID } from './said.ts';
import type { Cost, IterationFacts, RecentIteration, Summary, TargetRecord } from './summary.ts';
import { countTarget, targetRecord, targetRecords } from './target-record.ts';
import { foldVerdicts, rollbackFrequency, validationPassRate } from './verdicts.ts';

const RECENT = 10;
/** More are not kept: the file must not grow for ever. */
const MOST_TARGETS = 500;
const HOUR_MS = 3_600_000;

/** The summary with one iteration more. The same iteration a second time changes nothing. Costs the same at any age. */
export function foldIteration(known: Summary | null, facts: IterationFacts, task: string): Summary {
  const before = known ?? emptySummary(task);
  if (before.state.last_iteration >= facts.iteration) {
    return before;
  }
  const at = new Date(facts.endedAtEpochMs).toISOString();
  const duration = Math.max(0, facts.endedAtEpochMs - facts.startedAtEpochMs) / 1000;
  const total = before.total_iterations + 1;
  const successful = before.successful_iterations + (isSuccess(facts.outcome) ? 1 : 0);
  const totalDuration = before.state.total_duration + duration;
  const firstAt = before.state.first_at ?? new Date(facts.startedAtEpochMs).toISOString();
  const drifts = rememberDrift(before.state.drifts ?? [], facts.drifted);
  const verdicts = foldVerdicts(before.state.verdicts, facts);
  return {
    ...before,
    task,
    generated_at: at,
    total_iterations: total,
    successful_iterations: successful,
    failed_iterations: total - successful,
    efficiency: {
      ...before.efficiency,
      iterations_per_hour: perHour(total, Date.parse(firstAt), facts.endedAtEpochMs),
      success_rate: successful / total,
      average_duration: rounded(totalDuration / total),
    },
    progress: foldProgress(before.progress, facts.measures),
    quality: {
      ...before.quality,
      validation_pass_rate: validationPassRate(verdicts),
      rollback_frequency: rollbackFrequency(verdicts),
      error_rate: (total - successful) / total,
      drift_coefficient: driftCoefficient(drifts),
    },
    outcomes: {
      ...before.outcomes,
      [facts.outcome]: (before.outcomes[facts.outcome] ?? 0) + 1,
    },
    cost: addedCost(before.cost, facts),
    operational: {
      ...before.operational,
      worker_timeouts: before.operational.worker_timeouts + (isTimeout(facts.outcome) ? 1 : 0),
    },
    targets: countedTargets(before, facts, { at, duration }),
    recent: [recent(facts, duration, at), ...before.recent].slice(0, RECENT),
    last_error: isSuccess(facts.outcome)
      ? before.last_error
      : { iteration: facts.iteration, outcome: facts.outcome, reason: facts.reason ?? '' },
    state: {
      ...before.state,
      last_iteration: facts.iteration,
      first_at: firstAt,
      ...{ total_duration: totalDuration, drifts, verdicts },
    },
  };
}

function perHour(total: number, firstEpochMs: number, lastEpochMs: number): number | null {
  const hours = (lastEpochMs - firstEpochMs) / HOUR_MS;
  return hours > 0 ? rounded(total / hours) : null;
}

function addedCost(before: Cost, facts: IterationFacts): Cost {
  return {
    usd: addCost(before.usd, facts.costUsd),
    tokens_in: addCost(before.tokens_in, facts.tokensIn),
    tokens_out: addCost(before.tokens_out, facts.tokensOut),
  };
}

function countedTargets(
  before: Summary,
  facts: IterationFacts,
  ended: { readonly at: string; readonly duration: number },
): Summary['targets'] {
  if (facts.target === null) {
    return before.targets;
  }
  const { target } = facts;
  const kept = targetRecord(before, target);
  const counted = { [target]: countTarget(kept, facts, ended) };
  return kept === null && Object.keys(before.targets).length >= MOST_TARGETS
    ? { ...withoutLeastTelling(before), ...counted }
    : { ...before.targets, ...counted };
}

function withoutLeastTelling(before: Summary): Summary['targets'] {
  const records = new Map(targetRecords(before));
  records.delete(leastTelling([...records]));
  return Object.fromEntries(records);
}

/** The one worked on longest ago; one that fails is remembered longer than any that does not. */
function leastTelling(records: readonly (readonly [string, TargetRecord])[]): string {
  const rank = ([, record]: readonly [string, TargetRecord]): string =>
    `${record.failures_in_row > 0 ? 1 : 0} ${record.last_at}`;
  return records.reduce((least, entry) => (rank(entry) < rank(least) ? entry : least))[0];
}

function recent(facts: IterationFacts, duration: number, at: string): RecentIteration {
  const { iteration, target, outcome, costUsd, said } = facts;
  const kept = said.length > LONGEST_SAID ? `${said.slice(0, LONGEST_SAID - 1)}…` : said;
  const { summary = null } = facts;
  return {
    ...{ iteration, target, outcome, duration, cost_usd: costUsd, at, said: kept },
    ...(summary === null ? {} : { summary }),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
