/** Time as the loop sees it; tests have a ManualClock. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Calls once after `delayMs` (any length, also over 2^31 ms); returns its cancel. */
  startTimer(delayMs: number, fire: () => void): () => void;
}
