export interface BackoffStep {
  /** 0 for the first retry. */
  readonly retry: number;
  /** 0 ≤ jitter < 1. */
  readonly jitter: number;
}

const LEAST_MS = 1_000;
const BASE_MS = 2_000;
const CAP_MS = 300_000;

/**
 * Exponential backoff with full jitter above one second, in ms: 1 s + jitter × min(2 s × 2^retry, 300 s).
 * Source of the jitter: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
export function backoffDelayMs(step: BackoffStep): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(step.retry, 20));
  return Math.round(LEAST_MS + step.jitter * ceiling);
}

/** How long to wait for a usage limit whose end nobody tells: 5, 10, 20, … at most 60 minutes; `guesses` begins with 0. */
export function limitDelayMs(guesses: number): number {
  return Math.min(60, 5 * 2 ** Math.min(guesses, 10)) * 60_000;
}
