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

/** How long to wait for a usage limit whose end nobody tells: 5, 10, 20, … at most 60 minutes, plus jitter. */
export function limitDelayMs(step: BackoffStep): number {
  const minutes = Math.min(60, 5 * 2 ** Math.min(step.retry, 10));
  return minutes * 60_000 + Math.round(step.jitter * 90_000);
}
