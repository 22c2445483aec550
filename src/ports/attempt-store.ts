import type { AttemptClaim, AttemptKey, AttemptResult } from '../domain/attempt.ts';

/** The truth about attempts: `iterations/NNNNNN/attempt-K/`. Safe for several writers: first wins, for ever. */
export interface AttemptStore {
  /** Absolute path; created when missing. */
  directory(key: AttemptKey): string;
  /** Absolute path of the iteration's output log. */
  logFile(iteration: number): string;
  readClaim(key: AttemptKey): AttemptClaim | null;
  readResult(key: AttemptKey): AttemptResult | null;
  /** false: somebody was first. */
  claim(key: AttemptKey, claim: AttemptClaim): boolean;
  settle(key: AttemptKey, result: AttemptResult): boolean;
  /** Tells of changes in the attempt's directory, perhaps too often, never never; returns its cancel. */
  watch(key: AttemptKey, changed: () => void): () => void;
  /** Highest iteration that has a directory, 0 when none. */
  lastIteration(): number;
}
