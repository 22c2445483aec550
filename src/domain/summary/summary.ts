import type { Anomaly } from '../metrics/anomalies/notice.ts';
import type { MetricsState } from '../metrics/metrics-state.ts';
import type { Outcome } from '../outcome.ts';
import type { Measures, Progress } from '../progress/measures.ts';
import type { LastTen } from '../progress/stability.ts';
import type { Memory } from './memory/memory.ts';
import type { Verdict, Verdicts } from './verdicts.ts';

/** `summary.json`; contract.md section 6. What cannot be known is null. */
export interface Summary {
  readonly task: string;
  /** Moment of the last event counted, ISO-8601 UTC; null: there was none. */
  readonly generated_at: string | null;
  readonly total_iterations: number;
  readonly successful_iterations: number;
  readonly failed_iterations: number;
  readonly efficiency: {
    readonly iterations_per_hour: number | null;
    readonly success_rate: number | null;
    readonly average_duration: number | null;
    /** Of worker trees, weighted towards the last iterations: percent of one CPU, MB at their peak. */
    readonly resource_utilization: {
      readonly cpu_percent: number | null;
      readonly memory_mb: number | null;
    };
    /** Share of the last 50 iterations that changed something which stands. */
    readonly improvement_velocity: number | null;
    /** USD, over the last 50 iterations. */
    readonly cost_per_success: number | null;
  };
  readonly progress: Progress;
  readonly quality: {
    /** Of the iterations whose work had gates to pass. */
    readonly validation_pass_rate: number | null;
    /** Per iteration. */
    readonly rollback_frequency: number | null;
    readonly error_rate: number | null;
    readonly drift_coefficient: number | null;
    /** Errors per iteration: attempts that failed, and errors of the loop's own. */
    readonly error_frequency: number | null;
    /** How often a gate failed that had passed before. */
    readonly regression_count: number;
  };
  readonly durations: Durations;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly cost: Cost;
  readonly operational: {
    /** Hours that the last runner has lived. */
    readonly uptime_hours: number | null;
    readonly worker_timeouts: number;
    /** Share of the last 50 iterations. */
    readonly worker_timeout_rate: number | null;
    /** How often a run was gone on with after its runner had died or been left. */
    readonly restart_count: number;
    /** In the last 24 hours. */
    readonly restarts_per_day: number;
    readonly log_size_mb: number | null;
    readonly runner_memory_mb: number | null;
    readonly memory_growth_mb_per_hour: number | null;
  };
  /** What is wrong, or so well that more could be asked, as of the last iteration. */
  readonly anomalies: readonly Anomaly[];
  readonly targets: Readonly<Record<string, TargetRecord>>;
  /** Newest first, at most 10. */
  readonly recent: readonly RecentIteration[];
  readonly last_error: {
    readonly iteration: number;
    readonly outcome: Outcome;
    readonly reason: string;
  } | null;
  /** What the next update needs; nobody else should read it. */
  readonly state: SummaryState;
}

/** Seconds. */
export interface Durations {
  readonly min: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

export interface Cost {
  readonly usd: number | null;
  readonly tokens_in: number | null;
  readonly tokens_out: number | null;
}

/** What scoring knows of a target. */
export interface TargetRecord {
  readonly iterations: number;
  readonly succeeded: number;
  readonly last_outcome: Outcome;
  readonly last_at: string;
  /** null: a version before this one counted it. */
  readonly last_iteration: number | null;
  /** Iterations that ended with a failure of the agent; those of the service or the machine are not counted. */
  readonly failed: number;
  /** Of those that succeeded, how many ended as `no_change`. */
  readonly unchanged: number;
  readonly failures_in_row: number;
  readonly validations_failed_in_row: number;
  /** Of all its iterations; null: none told one. */
  readonly cost_usd: number | null;
  /** Seconds, of all its iterations; null: not known of all of them. */
  readonly duration: number | null;
  /** How its last ten iterations ended. */
  readonly last_ten: LastTen;
}

export interface RecentIteration {
  readonly iteration: number;
  readonly target: string | null;
  readonly outcome: Outcome;
  readonly duration: number;
  readonly cost_usd: number | null;
  readonly at: string;
  /** What the agent said it did, bounded. */
  readonly said: string;
  /** What it wants the next prompt to be told; absent: nothing. */
  readonly summary?: string;
}

export interface SummaryState {
  /** Last iteration counted: an iteration is never counted twice. */
  readonly last_iteration: number;
  /** null: nothing has begun. */
  readonly first_at: string | null;
  readonly total_duration: number;
  /** Whether the last iterations left their targets, the newest last; absent in a summary of an older version. */
  readonly drifts?: readonly boolean[];
  /** Absent in a summary of an older version. */
  readonly verdicts?: Verdicts;
  /** Absent in a summary of an older version. */
  readonly metrics?: MetricsState;
  /** What prompts are told; absent in a summary of an older version. */
  readonly memory?: Memory;
}

/** One iteration as the summary counts it. */
export interface IterationFacts extends Verdict {
  readonly iteration: number;
  readonly target: string | null;
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly startedAtEpochMs: number;
  readonly endedAtEpochMs: number;
  readonly costUsd: number | null;
  readonly tokensIn: number | null;
  readonly tokensOut: number | null;
  readonly said: string;
  readonly summary?: string | null;
  /** What the task said of it. */
  readonly measures: Measures;
  /** Whether its work left its target; null: not known. */
  readonly drifted: boolean | null;
  /** Whether a worker was started. */
  readonly worked: boolean;
  /** What it changed; null: not known. */
  readonly changes: readonly string[] | null;
}
