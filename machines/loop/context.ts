import type { Supervision } from '../../src/domain/attempt.ts';
import type { BreakerPolicy } from '../../src/domain/breaker.ts';
import type { Cap, Caps } from '../../src/domain/cap.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { Gate } from '../../src/domain/loop-work.ts';
import type { OpenIteration } from '../../src/domain/open-iteration.ts';
import type { Tokens } from '../../src/domain/tokens.ts';
import type { WaitKind } from '../../src/domain/event.ts';
import { CLOSED_BREAKER, type Breaker } from '../breaker/memory.ts';

/** What the settings of this start allow. Read anew at each start, so it comes with `loop.start` and `loop.restored`. */
export interface LoopPolicy extends Caps {
  readonly intervalMs: number;
  /** What an interval that doubles, as nothing is left to do, comes to at most. */
  readonly maxIntervalMs: number;
  /** Iterations of the run, over crashes; 0: no limit. */
  readonly maxIterations: number;
  /** Failures in a row that end the run; 0: no limit. */
  readonly maxFailures: number;
  /** New attempts within an iteration. */
  readonly maxRetries: number;
  /** false for `once`: a usage limit ends the iteration. */
  readonly waitsForLimits: boolean;
  /** true for `once`: the run has come to what its iteration came to. */
  readonly endsByOutcome: boolean;
  /** How long the run may wait for usage limits in all; 0: no limit. */
  readonly maxLimitWaitMs: number;
  /** Who does the work, and who goes on while the ones before are held by a usage limit. */
  readonly agents: readonly string[];
  /** A new attempt goes on with the session of the one that broke off. */
  readonly continuesSessions: boolean;
  /** Iterations in a row that must report that all is done. */
  readonly completeAfter: number;
  readonly breaker: BreakerPolicy;
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
  readonly sinceEpochMs: number;
  readonly untilEpochMs: number;
  /** Why, where its kind alone does not say. */
  readonly reason: string | null;
}

/** A usage limit that holds an agent. */
export interface AgentLimit {
  readonly untilEpochMs: number;
  /** How often in a row its end was not told. */
  readonly guesses: number;
}

export interface RunTotals {
  readonly iterations: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly costUsd: number | null;
  readonly tokens: Tokens | null;
  /** A part of the cost was worked out from tokens and a price table. */
  readonly costIsEstimated: boolean;
}

export interface Ending {
  readonly reason: string;
  readonly exitCode: number;
  readonly message: string | null;
  /** The next command or change that mends it. */
  readonly fix: string | null;
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
  /** Iterations in a row that ended by trouble of the service or the machine. */
  readonly troublesInRow: number;
  /** Iterations in a row that found nothing to do. */
  readonly unchangedInRow: number;
  /** Iterations in a row whose agent reported that all is done. */
  readonly completeInRow: number;
  /** The work is done: the task declared it, or the agent reported it often enough. */
  readonly isComplete: boolean;
  /** It is, but for targets that failed too often. */
  readonly leavesOut: boolean;
  readonly breaker: Breaker;
  /** Of prompt, task and settings; null: not known. */
  readonly workMark: string | null;
  /** From when on no iteration begins, as the run was asked; null: not by time. */
  readonly untilEpochMs: number | null;
  /** By name of the agent. */
  readonly agentLimits: Readonly<Record<string, AgentLimit>>;
  /** What waiting for usage limits has taken of this run, without the wait at hand. */
  readonly limitWaitedMs: number;
  /** How long earlier runners of this run lived. */
  readonly livedMs: number;
  /** When this runner, or the last one, began. */
  readonly livedSinceEpochMs: number;
  /** How the last runner left, where it did so on purpose; null: it lives, or died. */
  readonly left: 'hangup' | 'once' | null;
  /** A cap that ended, or is about to end, the run in the middle of something. */
  readonly reachedCap: Cap | null;
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

const NOTHING_DONE: RunTotals = {
  ...{ iterations: 0, succeeded: 0, failed: 0 },
  ...{ costUsd: null, tokens: null, costIsEstimated: false },
};

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
    troublesInRow: 0,
    unchangedInRow: 0,
    completeInRow: 0,
    isComplete: false,
    leavesOut: false,
    breaker: CLOSED_BREAKER,
    workMark: null,
    untilEpochMs: null,
    agentLimits: {},
    limitWaitedMs: 0,
    livedMs: 0,
    livedSinceEpochMs: 0,
    left: null,
    reachedCap: null,
    totals: NOTHING_DONE,
    lastOutcome: null,
    lowDisk: null,
    ending: null,
    ...input.carried,
    policy: input.policy,
  };
}
