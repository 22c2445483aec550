import type { Outcome } from './outcome.ts';

/** `open`: no iteration begins; `half_open`: one does, to see whether it is better. */
export type BreakerState = 'closed' | 'open' | 'half_open';

/** What repeated, the most telling first. */
export type BreakerCause = 'same_error' | 'same_target' | 'failures' | 'no_change';

/** How often something may repeat before the breaker opens; 0: as often as it likes. */
export interface BreakerPolicy {
  /** In a row, of class *agent*. */
  readonly failures: number;
  /** The same error in a row. */
  readonly sameError: number;
  /** The same target in a row, without a change of it. */
  readonly sameTarget: number;
  /** Iterations in a row that changed nothing. */
  readonly noChange: number;
  /** The first cool-down; each further one is twice as long, at most an hour or this, whatever is longer. */
  readonly cooldownMs: number;
}

/** An iteration as the breaker sees it. */
export interface BreakerEvidence {
  readonly iteration: number;
  readonly outcome: Outcome;
  readonly target: string | null;
  readonly reason: string;
  /** Whether it changed anything; null: unknown, which is not "no". */
  readonly changed: boolean | null;
}
