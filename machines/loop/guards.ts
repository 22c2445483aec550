import { outcomeRule } from '../../src/domain/outcome.ts';
import type { GateVerdict, Shortage, Skip } from '../../src/domain/loop-work.ts';
import type { AttemptEnd } from '../../src/domain/open-iteration.ts';
import { hasFreeAgent } from './agents.ts';
import { capOf } from './caps.ts';
import { nextStop, noteAttemptEnd, noteLimit } from './changes.ts';
import type { LoopContext, LoopPolicy } from './context.ts';
import type { LoopEvent, LoopEventOf } from './events.ts';
import { isRetryable, leashAllows } from './waits.ts';

interface Scope {
  readonly context: LoopContext;
  readonly event: LoopEvent;
}

export const guards = {
  isOpen: ({ context }: Scope) => context.open !== null,
  diskIsLow: ({ context }: Scope) => context.lowDisk !== null,
  /** No disk for another attempt, nor for an iteration: seen now, or noted before. */
  isOpenWithoutRoom: ({ context }: Scope, params: { verdict: GateVerdict }) =>
    context.open !== null && hasNoRoom(context, params.verdict),
  hasNoRoom: ({ context }: Scope, params: { verdict: GateVerdict }) =>
    hasNoRoom(context, params.verdict),
  isOpenAndCapped: ({ context }: Scope) =>
    context.open !== null && capOf(context, context) !== null,
  gateIsClosed: (_: Scope, params: { verdict: GateVerdict }) => !params.verdict.open,
  startsNoWorker: (_: Scope, params: { skip: Skip | null }) => params.skip !== null,
  isPaused: ({ context }: Scope) => context.paused,
  stopWasRequested: ({ context }: Scope) => context.stop !== 'none',
  /** This stop, on top of what was asked before, means: end the worker. */
  stopsNow: ({ context, event }: Scope) =>
    event.type === 'loop.stop' && nextStop(context, event).stop === 'now',
  hasNoIterationsLeft: ({ context }: Scope) => hasNoIterationsLeft(context, context.policy),
  /** The settings of this start allow no iteration more, and none is open. */
  hasNoIterationsByNewPolicy: ({ context, event }: Scope) =>
    event.type === 'loop.restored' &&
    context.open === null &&
    hasNoIterationsLeft(context, event.policy),
  /** They allow no cost, tokens or time more, and no iteration is open. */
  wasCappedByNewPolicy: ({ context, event }: Scope) =>
    event.type === 'loop.restored' && context.open === null && capOf(context, event) !== null,
  /** They name an agent that can go on while the one before is held by a usage limit. */
  hasFreeAgentByNewPolicy: ({ context, event }: Scope) =>
    event.type === 'loop.restored' &&
    event.policy.launches &&
    context.wait?.kind === 'usage_limit' &&
    !context.paused &&
    context.wait.untilEpochMs > event.at &&
    hasFreeAgent({ ...context, policy: event.policy }, event.at),
  /** Cost, tokens or time of the run are used up. */
  capIsReached: ({ context }: Scope) => capOf(context, context) !== null,
  limitLeashIsOver: ({ context: { lastOutcome, policy } }: Scope) =>
    lastOutcome === 'usage_limited' && policy.waitsForLimits && policy.maxLimitWaitMs > 0,
  /** The settings of this start leave nothing for the attempt that was about to begin. */
  leavesNothingForIt: ({ context, event }: Scope) =>
    event.type === 'loop.restored' && capOf(context, event) !== null,
  workIsComplete: ({ context }: Scope) => context.isComplete,
  /** The breaker keeps an iteration from beginning, and another prompt, task or setting closes it. */
  closesBreaker: ({ context, event }: Scope) =>
    (event.type === 'work.changed' || (event.type === 'loop.restored' && event.policy.launches)) &&
    context.breaker.state === 'open' &&
    context.open === null &&
    !context.paused &&
    isOtherWork(context, event.workMark),
  hasTooManyFailures: ({ context }: Scope) =>
    context.policy.maxFailures > 0 && context.failuresInRow >= context.policy.maxFailures,
  lastOutcomeStops: ({ context }: Scope) =>
    context.lastOutcome !== null && outcomeRule(context.lastOutcome).recovery === 'stop',
  takesCheckpoints: ({ context }: Scope) => context.policy.checkpoints,
  /** The attempt is still to be launched, adopted or collected. */
  hasAttemptInFlight: ({ context }: Scope) =>
    context.open !== null &&
    context.open.attempt > 0 &&
    context.open.end === null &&
    context.open.outcome === null,
  hasAttemptEnded: ({ context }: Scope) => context.open !== null && context.open.outcome !== null,
  isEnding: ({ context }: Scope) => context.ending !== null,
  hasWait: ({ context }: Scope) => context.wait !== null,
  waitIs: ({ context }: Scope, params: { kind: string }) => context.wait?.kind === params.kind,
  startsNothing: ({ event }: Scope) => event.type === 'loop.restored' && !event.policy.launches,
  workerWasRecorded: ({ context }: Scope) => context.open?.workerStarted === true,
  mayRetry: ({ context, event }: Scope) =>
    event.type === 'worker.ended' &&
    mayStartAnother(context, event.end) &&
    isRetryable(context, event.end),
  /** A usage limit holds this agent, and another one can go on at once. */
  mayFallBack: ({ context, event }: Scope) =>
    event.type === 'worker.ended' &&
    mayStartAnother(context, event.end) &&
    outcomeRule(event.end.outcome).recovery === 'wait' &&
    hasFreeAgent(limited(context, event), event.at),
  mayWaitForLimit: ({ context, event }: Scope) =>
    event.type === 'worker.ended' &&
    mayStartAnother(context, event.end) &&
    context.policy.waitsForLimits &&
    outcomeRule(event.end.outcome).recovery === 'wait' &&
    leashAllows(limited(context, event), event.at),
};

function hasNoRoom({ lowDisk }: LoopContext, verdict: GateVerdict): boolean {
  return lowDisk !== null || shortageOf(verdict) !== null;
}

export function shortageOf(verdict: GateVerdict): Shortage | null {
  return 'shortage' in verdict ? verdict.shortage : null;
}

function mayStartAnother(context: LoopContext, end: AttemptEnd): boolean {
  const { stop, policy, lowDisk, livedMs } = context;
  const after = { ...context, ...noteAttemptEnd(context, end) };
  const isCapped = capOf(after, { policy, livedMs }) !== null;
  return stop === 'none' && policy.launches && lowDisk === null && !isCapped;
}

function limited(context: LoopContext, event: LoopEventOf<'worker.ended'>): LoopContext {
  return { ...context, ...noteLimit(context, event) };
}

export function isOtherWork({ workMark }: LoopContext, now: string | null): boolean {
  return workMark !== null && now !== null && workMark !== now;
}

function hasNoIterationsLeft(context: LoopContext, policy: LoopPolicy): boolean {
  return policy.maxIterations > 0 && context.totals.iterations >= policy.maxIterations;
}
