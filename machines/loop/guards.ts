import { outcomeRule } from '../../src/domain/outcome.ts';
import type { LoopContext, LoopPolicy } from './context.ts';
import type { LoopEvent } from './events.ts';

interface Scope {
  readonly context: LoopContext;
  readonly event: LoopEvent;
}

export const guards = {
  isOpen: ({ context }: Scope) => context.open !== null,
  diskIsLow: ({ context }: Scope) => context.lowDisk !== null,
  isPaused: ({ context }: Scope) => context.paused,
  stopWasRequested: ({ context }: Scope) => context.stop !== 'none',
  /** This stop, on top of what was asked before, means: end the worker. */
  stopsNow: ({ context, event }: Scope) =>
    event.type === 'loop.stop' && (event.now || context.stop !== 'none'),
  hasNoIterationsLeft: ({ context }: Scope) => hasNoIterationsLeft(context, context.policy),
  /** The settings of this start allow no iteration more, and none is open. */
  wasCappedByNewPolicy: ({ context, event }: Scope) =>
    event.type === 'loop.restored' &&
    context.open === null &&
    hasNoIterationsLeft(context, event.policy),
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
    mayStartAnother(context) &&
    outcomeRule(event.end.outcome).recovery === 'retry' &&
    (context.open?.retries ?? 0) < context.policy.maxRetries,
  mayWaitForLimit: ({ context, event }: Scope) =>
    event.type === 'worker.ended' &&
    mayStartAnother(context) &&
    context.policy.waitsForLimits &&
    outcomeRule(event.end.outcome).recovery === 'wait',
};

function mayStartAnother(context: LoopContext): boolean {
  return context.stop === 'none' && context.policy.launches && context.lowDisk === null;
}

function hasNoIterationsLeft(context: LoopContext, policy: LoopPolicy): boolean {
  return policy.maxIterations > 0 && context.totals.iterations >= policy.maxIterations;
}
