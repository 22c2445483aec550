import type { AttemptClaim, AttemptKey, AttemptResult } from '../domain/attempt.ts';

export interface KeptCopy {
  readonly name: 'prompt.md' | 'report.json' | 'gates.json' | 'workspace.json' | 'changes.json';
  /** Already redacted. */
  readonly text: string;
}

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
  /** Beside the attempts; without it something is not known, and no more. Throws AutoloopError (153, 155), the old one untouched. */
  keep(iteration: number, copy: KeptCopy): void;
  /** What was kept so; null: nothing, or it cannot be read. */
  kept(iteration: number, name: KeptCopy['name']): string | null;
  /** Writes a claim that somebody changed or deleted as its claimer wrote it. */
  restoreClaim(key: AttemptKey, claim: AttemptClaim): void;
  /** Takes away a claim or result that is not this attempt's or cannot be understood; the names of the files. */
  discardForeign(key: AttemptKey, attemptId: string): readonly string[];
  /** Takes away all that lies in the attempt's directory; the names of it. Throws AutoloopError 155. */
  empty(key: AttemptKey): readonly string[];
  /** Whether the attempt ever had a directory here. */
  exists(key: AttemptKey): boolean;
  /** Tells of changes in the attempt's directory, perhaps too often, never never; returns its cancel. */
  watch(key: AttemptKey, changed: () => void): () => void;
  /** Removes what old iterations left behind; how many there were. Throws AutoloopError 155. */
  prune(limits: { readonly keep: number; readonly sinceEpochMs: number | null }): number;
  /** Highest iteration that has a directory, 0 when none. */
  lastIteration(): number;
}
