import type { Supervision } from './attempt.ts';
import type { BreakerCause, BreakerState } from './breaker.ts';
import type { WaitKind } from './event.ts';
import type { Gate } from './loop-work.ts';
import type { Tokens } from './tokens.ts';

/** One loop as `status --json` shows it; contract.md section 6. Moments are ISO-8601 UTC. */
export interface LoopStatus {
  readonly loop: string;
  readonly task: string;
  /** Dotted machine state; `idle` where nothing was ever run. */
  readonly state: string;
  readonly running: boolean;
  /** Believed alive, but dead: the run is unfinished and no runner lives. */
  readonly stale: boolean;
  /** The runner's. */
  readonly pid: number | null;
  readonly since: string | null;
  readonly runId: string | null;
  readonly iteration: number;
  readonly target: string | null;
  readonly worker: WorkerStatus | null;
  readonly wait: WaitStatus | null;
  /** The gate that the work is being held to; null: it is not, or no runner tells. */
  readonly validation: ValidationStatus | null;
  readonly stopRequested: boolean;
  readonly paused: boolean;
  readonly ended: {
    readonly reason: string;
    readonly exitCode: number;
    readonly at: string;
  } | null;
  readonly breaker: BreakerStatus;
  readonly caps: LoopCaps;
  readonly totals: LoopTotals;
  readonly dataDir: string;
}

export interface WaitStatus {
  readonly kind: WaitKind;
  /** null: until the operator ends it. */
  readonly until: string | null;
  /** Why, where its kind alone does not say. */
  readonly reason?: string;
  /** What is in the way of a worker, where it waits for that. */
  readonly gate?: Gate;
}

export interface ValidationStatus {
  readonly gate: string;
  /** Counts from 1. */
  readonly number: number;
  /** How many gates there are. */
  readonly of: number;
  /** How many of those before it were not passed. */
  readonly failed: number;
  readonly since: string;
}

export interface WorkerStatus {
  /** The isolation layer's. */
  readonly pid: number | null;
  readonly agent: string;
  readonly attempt: number;
  readonly since: string;
  /** null: nothing was printed yet. */
  readonly lastOutputAt: string | null;
  readonly supervision: Supervision;
}

export interface LoopCaps {
  /** null: none. */
  readonly maxIterations: number | null;
  readonly maxFailures: number | null;
  readonly failuresInRow: number;
  readonly maxCostUsd: number | null;
  readonly maxTokens: number | null;
  readonly maxRuntimeSeconds: number | null;
  /** Time that runners of this run lived. */
  readonly runtimeSeconds: number;
  readonly maxLimitWaitSeconds: number | null;
  /** What waiting for usage limits has taken of it. */
  readonly limitWaitSeconds: number;
  /** From when on no iteration begins, ISO-8601. */
  readonly until: string | null;
}

/** Whether the same trouble came too often. */
export interface BreakerStatus {
  readonly state: BreakerState;
  /** What repeated; null: nothing did. */
  readonly cause: BreakerCause | null;
  /** For people; null: it is closed. */
  readonly diagnosis: string | null;
}

export interface LoopTotals {
  readonly iterations: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly costUsd: number | null;
  /** A part of the cost was worked out from tokens and a price table. */
  readonly costIsEstimated: boolean;
  readonly tokens: Tokens | null;
}
