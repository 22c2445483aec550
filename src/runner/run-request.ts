import type { LoopChange } from '../domain/control.ts';
import type { LoopStatus } from '../domain/loop-status.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { LockedLoop } from '../stores/lock-holder.ts';

/**
 * `run`: until it ends. `once`: one iteration, then as it was. `settle`: nothing new is started; what is under way is
 * collected, and the run ends.
 */
export type RunMode = 'run' | 'once' | 'settle';

export interface RunRequest {
  readonly mode: RunMode;
  /** With `settle`: end a living worker now. */
  readonly force: boolean;
  /** End an unfinished run before this one begins. */
  readonly fresh: boolean;
  /** A paused run goes on. */
  readonly unpause: boolean;
  /** No new iteration from this moment on; null: not by time. */
  readonly untilEpochMs: number | null;
  /** A file beside the loop's own that this process's stderr goes to; it becomes `runner.err`. null: none. */
  readonly trace: string | null;
  /** What the operator types for this loop. */
  readonly command: LockedLoop['command'];
  /** The loop is up: lock held, socket open. */
  readonly ready: (status: LoopStatus) => void;
  readonly changed: (change: LoopChange) => void;
}

export interface RunEnd {
  readonly exitCode: number;
  readonly reason: string;
  readonly message: string | null;
  readonly fix: string | null;
  readonly lastOutcome: Outcome | null;
  /** null: it ended before there was one. */
  readonly status: LoopStatus | null;
}
