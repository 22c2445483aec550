import { assign, setup } from 'xstate';
import type { BreakerEvidence } from '../../src/domain/breaker.ts';
import { isSuccess } from '../../src/domain/outcome.ts';
import type { BreakerEvent } from './events.ts';
import { EMPTY_MEMORY, remember, repetition, type BreakerMemory } from './memory.ts';

interface Scope {
  readonly context: BreakerMemory;
  readonly event: BreakerEvent;
}

/** Types, guards and actions of the breaker. Actions only assign. */
export const breakerSetup = setup({
  types: { context: {} as BreakerMemory, events: {} as BreakerEvent },
  guards: {
    repeatsTooOften: (scope: Scope) => causeIn(scope) !== null,
    endedBetter: ({ context, event }: Scope) =>
      event.type === 'iteration.ended' && isBetter(context, event.evidence),
    endedNoBetter: ({ context, event }: Scope) =>
      event.type === 'iteration.ended' && remember(context, event.evidence) !== context,
  },
  actions: {
    remember: assign(({ context, event }) =>
      event.type === 'iteration.ended' ? remember(context, event.evidence) : context,
    ),
    blame: assign((scope) => ({
      opens: scope.context.opens + 1,
      cause: causeIn(scope) ?? scope.context.cause,
    })),
    forget: assign(EMPTY_MEMORY),
  },
});

function causeIn({ context, event }: Scope) {
  return event.type === 'iteration.ended'
    ? repetition(remember(context, event.evidence), event.policy)
    : null;
}

/** A success; where nothing was changed before, one that changed something. */
function isBetter({ cause }: BreakerMemory, { outcome, changed }: BreakerEvidence): boolean {
  const asksForChange = cause === 'no_change' || cause === 'same_target';
  return isSuccess(outcome) && !(asksForChange && changed === false);
}
