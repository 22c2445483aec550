import type { Outcome } from '../outcome.ts';
import type { Measures, Progress } from '../progress/measures.ts';
import type { LastTen } from '../progress/stability.ts';
import type { Verdict, Verdicts } from './verdicts.ts';

/** `summary.json`; contract.md section 6. What cannot be known is null. */
export interface Summary {
  readonly task: string;
  readonly generated_at: string;
  readonly total_iterations: number;
  readonly successful_iterations: number;
  readonly failed_iterations: number;
  readonly efficiency: {
    readonly iterations_per_hour: number | null;
    readonly success_rate: number | null;
    readonly average_duration: number | null;
    readonly resource_utilization: { readonly cpu_percent: null; readonly memory_mb: null };
  };
  readonly progress: Progress;
  readonly quality: {
    /** Of the iterations whose work had gates to pass. */
    readonly validation_pass_rate: number | null;
    /** Per iteration. */
    readonly rollback_frequency: number | null;
    readonly error_rate: number | null;
    readonly drift_coefficient: number | null;
  };
  readonly durations: Durations;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly cost: Cost;
  readonly operational: {
    readonly uptime_hours: null;
    readonly worker_timeouts: number;
    readonly restart_count: null;
    readonly log_size_mb: null;
  };
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
  readonly p50: null;
  readonly p90: null;
  readonly p95: null;
  readonly p99: null;
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
}

export interface SummaryState {
  /** Last iteration counted: an iteration is never counted twice. */
  readonly last_iteration: number;
  readonly first_at: string;
  readonly total_duration: number;
  /** Whether the last iterations left their targets, the newest last; absent in a summary of an older version. */
  readonly drifts?: readonly boolean[];
  /** Absent in a summary of an older version. */
  readonly verdicts?: Verdicts;
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
  /** What the task said of it. */
  readonly measures: Measures;
  /** Whether its work left its target; null: not known. */
  readonly drifted: boolean | null;
}
