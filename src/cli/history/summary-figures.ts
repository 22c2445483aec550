import { foldIteration } from '../../domain/summary/fold-iteration.ts';
import { parseSummary } from '../../domain/summary/parse-summary.ts';
import type { Summary } from '../../domain/summary/summary.ts';
import type { DataPaths } from '../../stores/data-paths.ts';
import { parseJson } from '../../stores/parse-json.ts';
import { readTextFile } from '../../stores/text-file.ts';
import { iterationsBackward } from './recent-iterations.ts';
import type { IterationRecord } from './iteration-record.ts';

/** `summary.json` as it lies there; null: none that makes sense. */
export function keptSummary(paths: DataPaths): Summary | null {
  return parseSummary(parseJson(readTextFile(paths.summary) ?? ''));
}

/** The summary made anew from all kept events; nothing is written. What agents said is not in events. */
export function rebuiltSummary(paths: DataPaths, task: string): Summary | null {
  const ended = [...iterationsBackward(paths.events)].filter(isEnded).toReversed();
  return ended.reduce<Summary | null>(
    (summary, record) => foldIteration(summary, factsOf(record), task),
    null,
  );
}

/** What there is to say of a loop that has done nothing: the same fields, with nothing in them. */
export function emptySummary(task: string): object {
  return {
    task,
    generated_at: null,
    ...{ total_iterations: 0, successful_iterations: 0, failed_iterations: 0 },
    efficiency: {
      ...{ iterations_per_hour: null, success_rate: null, average_duration: null },
      resource_utilization: { cpu_percent: null, memory_mb: null },
    },
    progress: {
      ...{ prd_completion_percentage: null, issues_fixed: null },
      ...{ resources_improved: null, scenarios_validated: null },
    },
    quality: {
      ...{ validation_pass_rate: null, rollback_frequency: null },
      ...{ error_rate: null, drift_coefficient: null },
    },
    durations: { min: null, p50: null, p90: null, p95: null, p99: null, max: null },
    outcomes: {},
    cost: { usd: null, tokens_in: null, tokens_out: null },
    operational: { uptime_hours: null, worker_timeouts: 0, restart_count: null, log_size_mb: null },
    ...{ targets: {}, recent: [], last_error: null },
  };
}

type Ended = IterationRecord & {
  readonly ended_at: string;
  readonly outcome: NonNullable<IterationRecord['outcome']>;
};

function isEnded(record: IterationRecord): record is Ended {
  return record.ended_at !== null && record.outcome !== null;
}

function factsOf(record: Ended): Parameters<typeof foldIteration>[1] {
  const endedAtEpochMs = Date.parse(record.ended_at);
  const startedAtEpochMs = record.started_at
    ? Date.parse(record.started_at)
    : endedAtEpochMs - (record.duration ?? 0) * 1000;
  return {
    ...{ iteration: record.iteration, target: record.target, outcome: record.outcome },
    ...{ reason: record.reason, startedAtEpochMs, endedAtEpochMs, costUsd: record.cost_usd },
    tokensIn: record.tokens?.in ?? null,
    tokensOut: record.tokens?.out ?? null,
    ...{ said: '', measures: {}, drifted: null },
    ...{ validation: record.validation, takenBack: record.rollback !== null },
  };
}
