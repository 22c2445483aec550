import type { TreeUsage } from './attempt.ts';
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
  /** New attempts after trouble with the service; they count against `maxRetries`. */
  readonly retries: number;
  /** Waits for a usage limit; they do not. */
  readonly limitWaits: number;
  /** End of attempt `attempt`; null while it is still to run or running. */
  readonly end: AttemptEnd | null;
  readonly workerStarted: boolean;
  readonly costUsd: number | null;
  readonly tokens: Tokens | null;
  readonly turns: number | null;
  /** What the iteration is coming to; null until something tells. */
  readonly outcome: Outcome | null;
  readonly validation: boolean | null;
  readonly changes: readonly string[] | null;
  readonly report: string | null;
}
