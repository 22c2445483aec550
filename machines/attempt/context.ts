import type { Outcome } from '../../src/domain/outcome.ts';

/** What bounds one attempt; milliseconds, and epoch milliseconds where the name says so. */
export interface AttemptLimits {
  readonly deadlineEpochMs: number;
  /** Without a sign of life; 0: off. */
  readonly idleTimeoutMs: number;
  /** How long the agent may live on after its final result. */
  readonly lingerMs: number;
  /** TERM to KILL. */
  readonly graceMs: number;
  /** The same where it has used up its budget: what it goes on with costs. */
  readonly budgetGraceMs: number;
  /** KILL to the agent's exit: only a process the system cannot end takes longer. */
  readonly killMs: number;
  /** The agent's exit to the end of its tree, where something of it still holds the output open. */
  readonly settleMs: number;
  /** The end of the tree to the end of its output. */
  readonly drainMs: number;
}

/** Why we ended the agent; `linger` had its result already, `limit` took too much, `fault` is an error of our own. */
export type TerminationReason = 'stop' | 'total' | 'idle' | 'linger' | 'limit' | 'fault';

/** What the tree took more of than it may; in the unit of its limit: bytes, processes, seconds, USD, tokens. */
export interface Excess {
  readonly kind: 'memory' | 'processes' | 'cpu' | 'cost' | 'tokens';
  readonly value: number;
  readonly limit: number;
}

/** It is not the machine that suffers, but the run's account: each second costs. */
export function isOfBudget(excess: Excess | null): boolean {
  return excess?.kind === 'cost' || excess?.kind === 'tokens';
}

export interface ExitFacts {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** Why no agent came up. */
export interface StartFailure {
  readonly outcome: Outcome;
  readonly reason: string;
}

export interface AttemptContext {
  readonly limits: AttemptLimits;
  /** The first reason stands, whatever follows. */
  readonly terminationReason: TerminationReason | null;
  readonly stopRequested: boolean;
  readonly exit: ExitFacts | null;
  readonly startFailure: StartFailure | null;
  /** The first error of our own. */
  readonly fault: string | null;
  /** The first limit it broke. */
  readonly excess: Excess | null;
  /** Names of the processes ended after the agent itself. */
  readonly swept: readonly string[];
}

/** How the attempt ended, before the agent's own words are heard. */
export type AttemptEnding = Omit<AttemptContext, 'limits' | 'stopRequested'>;

export function initialContext(limits: AttemptLimits): AttemptContext {
  return {
    limits,
    terminationReason: null,
    stopRequested: false,
    exit: null,
    startFailure: null,
    fault: null,
    excess: null,
    swept: [],
  };
}

export function endingOf(context: AttemptContext): AttemptEnding {
  const { terminationReason, exit, startFailure, fault, excess, swept } = context;
  return { terminationReason, exit, startFailure, fault, excess, swept };
}
