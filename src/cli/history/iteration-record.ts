import type { Outcome } from '../../domain/outcome.ts';
import type { Tokens } from '../../domain/tokens.ts';

/** One iteration as its events tell it. Moments are ISO-8601 UTC, durations seconds; null: not known, or not yet. */
export interface IterationRecord {
  readonly iteration: number;
  readonly run_id: string;
  readonly target: string | null;
  readonly started_at: string | null;
  /** null: it is open. */
  readonly ended_at: string | null;
  readonly outcome: Outcome | null;
  readonly exit_code: number | null;
  /** Why its last attempt ended so, or why none was started. */
  readonly reason: string | null;
  readonly attempts: number;
  readonly duration: number | null;
  readonly cost_usd: number | null;
  readonly tokens: Tokens | null;
  readonly turns: number | null;
  readonly changes: readonly string[] | null;
  readonly validation: boolean | null;
  /** The commit that keeps its work; null: none does. */
  readonly commit: string | null;
  /** The ref that keeps work which was taken back; null: it was not. */
  readonly rollback: string | null;
  /** Status of the agent's report. */
  readonly report: string | null;
}

export function emptyRecord(iteration: number, runId: string): IterationRecord {
  return {
    iteration,
    run_id: runId,
    ...{ target: null, started_at: null, ended_at: null, outcome: null, exit_code: null },
    ...{ reason: null, attempts: 0, duration: null, cost_usd: null, tokens: null, turns: null },
    ...{ changes: null, validation: null, commit: null, rollback: null, report: null },
  };
}
