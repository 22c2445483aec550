import type { Outcome } from '../domain/outcome.ts';
import type { OutcomeGroup } from './outcome-group.ts';

/** What `autoloop report` tells, of one loop or of all; `--format json` prints it. Moments are ISO-8601 UTC, durations seconds, shares 0 to 1; null: not known. */
export interface Report {
  readonly generated_at: string;
  readonly version: string;
  /** Nothing older is looked at; null: all that is kept. */
  readonly since: string | null;
  /** IANA name of the zone that people are shown moments in. */
  readonly zone: string;
  readonly loops: readonly LoopReport[];
}

export interface LoopReport {
  readonly loop: string;
  readonly task: string | null;
  /** What it does now, in words; null: nobody looked. */
  readonly state: string | null;
  /** Ends of its first and its last iteration in this report. */
  readonly from: string | null;
  readonly to: string | null;
  readonly figures: Figures;
  readonly outcomes: readonly OutcomeCount[];
  readonly answers: Answers;
  readonly buckets: Buckets;
  /** Share of the PRDs that is done, as measured first and last; the mean of all targets where each has its own. */
  readonly completion: { readonly first: number; readonly last: number } | null;
  readonly targets: readonly TargetReport[];
  /** How many more targets there were than are listed. */
  readonly more_targets: number;
  readonly errors: readonly ErrorReport[];
  readonly more_errors: number;
  /** Open ones first, then the youngest. */
  readonly anomalies: readonly AnomalyReport[];
  readonly summaries: readonly IterationSaid[];
  readonly crashes: number;
}

export interface Figures extends Counts {
  /** As in `summary.json`: succeeded or nothing left to do, of all. */
  readonly success_rate: number | null;
  readonly cost_usd: number | null;
  /** How many iterations told a cost. */
  readonly cost_known_of: number;
  readonly cost_is_estimated: boolean;
  readonly cost_per_success: number | null;
  readonly tokens: { readonly in: number; readonly out: number; readonly cached: number } | null;
  /** In and out. */
  readonly tokens_per_success: number | null;
  /** Time in iterations. */
  readonly worked: number;
  readonly worked_per_success: number | null;
  readonly duration: DurationFigures;
  readonly issues_fixed: number | null;
  readonly resources_improved: number | null;
  readonly scenarios_validated: number | null;
  readonly validations: { readonly passed: number; readonly judged: number } | null;
  readonly drifted: number | null;
}

/** By group of outcome. */
export interface Counts extends Readonly<Record<OutcomeGroup, number>> {
  readonly iterations: number;
}

export interface DurationFigures {
  readonly avg: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

export interface OutcomeCount {
  readonly outcome: string;
  readonly group: OutcomeGroup;
  readonly meaning: string | null;
  readonly count: number;
}

/** The questions a report begins with. */
export interface Answers {
  readonly progress: Answer;
  readonly cost: Answer;
  readonly trouble: Answer;
  readonly advice: Answer;
}

export interface Answer {
  readonly verdict: 'good' | 'warn' | 'bad' | 'unknown';
  readonly answer: string;
  /** What it stands on, or what there is to do; a sentence each. */
  readonly because: readonly string[];
}

/** Iterations by when they ended; empty stretches are rows, too. */
export interface Buckets {
  /** Seconds. */
  readonly step: number;
  readonly rows: readonly Bucket[];
}

export interface Bucket extends Counts {
  readonly at: string;
  readonly success_rate: number | null;
  readonly cost_usd: number | null;
  readonly cost_per_success: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
}

export interface TargetReport {
  readonly target: string;
  readonly iterations: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly success_rate: number | null;
  readonly cost_usd: number | null;
  readonly cost_per_success: number | null;
  readonly worked: number;
  /** Groups of its last outcomes, the newest last. */
  readonly last: readonly OutcomeGroup[];
  readonly last_outcome: string;
  readonly last_iteration: number | null;
  readonly last_at: string;
  /** Share of its own PRD.md that is done, as its task measured it last. */
  readonly completion: number | null;
  /** Share of its last ten that went well, of those that are its agent's doing. */
  readonly stability: number | null;
  /** Why it is not chosen any more, and until when. */
  readonly left_out: { readonly reason: string; readonly until: string | null } | null;
}

export interface ErrorReport {
  readonly outcome: string;
  readonly group: OutcomeGroup;
  /** As it was told last. */
  readonly reason: string;
  readonly count: number;
  /** Of all that did not succeed. */
  readonly share: number;
  readonly first_at: string;
  readonly last_at: string;
  readonly last_iteration: number | null;
  /** Some of those it happened to. */
  readonly targets: readonly string[];
  readonly advice: string | null;
}

export interface AnomalyReport {
  readonly kind: string;
  /** `opportunity`: it goes so well that more could be asked. */
  readonly level: 'warning' | 'opportunity';
  readonly message: string;
  readonly advice: string | null;
  readonly value: number | string | null;
  readonly limit: number | string | null;
  readonly raised_at: string;
  /** null: it stands. */
  readonly cleared_at: string | null;
  /** How often it was raised. */
  readonly times: number;
}

export interface IterationSaid {
  readonly iteration: number | null;
  readonly target: string | null;
  readonly outcome: Outcome;
  readonly group: OutcomeGroup;
  readonly at: string;
  readonly duration: number | null;
  readonly cost_usd: number | null;
  readonly said: string;
}
