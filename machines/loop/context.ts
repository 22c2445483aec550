import type { Supervision } from '../../src/domain/attempt.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { Gate } from '../../src/domain/loop-work.ts';
import type { OpenIteration } from '../../src/domain/open-iteration.ts';
import type { Tokens } from '../../src/domain/tokens.ts';
import type { WaitKind } from '../../src/domain/event.ts';

/** What the settings of this start allow. Read anew at each start, so it comes with `loop.start` and `loop.restored`. */
export interface LoopPolicy {
  readonly intervalMs: number;
  /** Iterations of the run, over crashes; 0: no limit. */
  readonly maxIterations: number;
  /** Failures in a row that end the run; 0: no limit. */
  readonly maxFailures: number;
  /** New attempts within an iteration. */
  readonly maxRetries: number;
  /** false for `once`: a usage limit ends the iteration. */
  readonly waitsForLimits: boolean;
  /** false where a run is only being brought to its end: nothing new is started. */
  readonly launches: boolean;
  readonly checkpoints: boolean;
}

export interface Worker {
  readonly pid: number | null;
  readonly agent: string;
  readonly attempt: number;
  readonly sinceEpochMs: number;
  readonly supervision: Supervision;
}

export interface Wait {
  readonly kind: Exclude<WaitKind, 'pause'>;
  readonly untilEpochMs: number;
}

export interface RunTotals {
  readonly iterations: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly costUsd: number | null;
  readonly tokens: Tokens | null;
}

export interface Ending {
  readonly reason: string;
  readonly exitCode: number;
  readonly message: string | null;
}

/** `graceful`: finish the iteration; `now`: end the worker. */
export type StopRequest = 'none' | 'graceful' | 'now';

/** Persisted: ids, numbers and short redacted text only, never a prompt or a secret. */
export interface LoopContext {
  readonly runId: string;
  readonly startedAtEpochMs: number;
  readonly policy: LoopPolicy;
  /** Number of the last iteration begun, over all runs. */
  readonly iteration: number;
  readonly open: OpenIteration | null;
  readonly worker: Worker | null;
  readonly wait: Wait | null;
  /** What was in the way at the last look, and for how many looks in a row something was. */
  readonly closedGate: (Gate & { readonly looks: number }) | null;
  /** The operator lets the next attempt begin whatever the gates say. */
  readonly skipsGates: boolean;
  readonly paused: boolean;
  readonly stop: StopRequest;
  /** The signal or command that asked for the stop. */
  readonly stopVia: string | null;
  readonly failuresInRow: number;
  readonly totals: RunTotals;
  readonly lastOutcome: Outcome | null;
  /** Why the disk has no room to go on; null: it has. */
  readonly lowDisk: string | null;
  readonly ending: Ending | null;
}

export interface LoopInput {
  readonly runId: string;
  /** Number of the last iteration of any earlier run. */
  readonly lastIteration: number;
  readonly policy: LoopPolicy;
  /** Context of a snapshot whose machine is no longer this one: the cursor is rebuilt from it. */
  readonly carried?: Partial<LoopContext>;
}

export function initialContext(input: LoopInput): LoopContext {
  return {
    runId: input.runId,
    startedAtEpochMs: 0,
    iteration: input.lastIteration,
    open: null,
    worker: null,
    wait: null,
    closedGate: null,
    skipsGates: false,
    paused: false,
    stop: 'none',
    stopVia: null,
    failuresInRow: 0,
    totals: { iterations: 0, succeeded: 0, failed: 0, costUsd: null, tokens: null },
    lastOutcome: null,
    lowDisk: null,
    ending: null,
    ...input.carried,
    policy: input.policy,
  };
}
