import type { AgentSession } from './agent-session.ts';
import type { TreeUsage } from './attempt.ts';
import type { Completion } from './completion.ts';
import type { Outcome } from './outcome.ts';
import type { Tokens } from './tokens.ts';

/** How the last attempt ended; everything here is redacted and small. */
export interface AttemptEnd {
  readonly outcome: Outcome;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly costUsd: number | null;
  readonly tokens: Tokens | null;
  readonly turns: number | null;
  readonly model: string | null;
  /** The cost was worked out from tokens and a price table. */
  readonly costIsEstimated: boolean;
  /** What another attempt may go on with; null: nothing. */
  readonly session: AgentSession | null;
  readonly limitResetEpochMs: number | null;
  readonly reason: string;
  readonly swept: readonly string[];
  readonly usage: TreeUsage;
  readonly outputBytes: number;
  readonly durationMs: number;
}

/** The iteration that has an `iteration_start` and no `iteration_end` yet. */
export interface OpenIteration {
  readonly target: string | null;
  readonly startedAtEpochMs: number;
  /** 0 until the first one is prompted. */
  readonly attempt: number;
  /** Who plays it; null until the first attempt is prompted. */
  readonly agent: string | null;
  /** The session that attempt `attempt` goes on with; null: it begins one. */
  readonly session: AgentSession | null;
  /** New attempts after trouble with the service; they count against `maxRetries`. */
  readonly retries: number;
  /** End of attempt `attempt`; null while it is still to run or running. */
  readonly end: AttemptEnd | null;
  readonly workerStarted: boolean;
  readonly costUsd: number | null;
  readonly tokens: Tokens | null;
  readonly turns: number | null;
  readonly costIsEstimated: boolean;
  /** What the workspace looked like before the first worker; null: nobody looked. */
  readonly workspaceMark: string | null;
  /** What the iteration is coming to; null until something tells. */
  readonly outcome: Outcome | null;
  readonly validation: boolean | null;
  /** What its worker did is not in the workspace any more. */
  readonly takenBack: boolean;
  readonly changes: readonly string[] | null;
  readonly report: string | null;
  /** Whether the work of the whole loop is done, as far as this iteration tells. */
  readonly completion: Completion;
}
