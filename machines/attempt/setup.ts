import { assertEvent, assign, setup } from 'xstate';
import { placeholders } from './actors.ts';
import {
  isOfBudget,
  type AttemptContext,
  type AttemptEnding,
  type AttemptLimits,
  type Excess,
  type TerminationReason,
} from './context.ts';
import type { AttemptEvent } from './events.ts';

/** Used up by the agent alone, not taken from others. */
const GRACEFUL: readonly Excess['kind'][] = ['cpu', 'cost', 'tokens'];

/** Types, actors, guards and actions of one attempt. Actions only assign: a throw in one would kill the machine. */
export const attemptSetup = setup({
  types: {
    context: {} as AttemptContext,
    events: {} as AttemptEvent,
    input: {} as AttemptLimits,
    output: {} as AttemptEnding,
  },
  actors: placeholders,
  guards: {
    stopWasRequested: ({ context }) => context.stopRequested,
    /** The machine itself suffers from it: no grace. */
    isUrgent: ({ event }) =>
      event.type === 'limit.exceeded' && !GRACEFUL.includes(event.excess.kind),
    ofBudget: ({ event }) => event.type === 'limit.exceeded' && isOfBudget(event.excess),
  },
  actions: {
    blame: assign(({ context }, params: { reason: TerminationReason }) => ({
      terminationReason: context.terminationReason ?? params.reason,
    })),

    noteStop: assign(({ context }) => ({
      stopRequested: true,
      terminationReason: context.terminationReason ?? ('stop' as const),
    })),

    noteExit: assign(({ event }) => {
      assertEvent(event, 'agent.exited');
      return { exit: event.exit };
    }),

    noteStartFailure: assign(({ event }) => {
      assertEvent(event, 'agent.unavailable');
      return { startFailure: event.failure };
    }),

    noteFault: assign(({ context }, params: { reason: string }) => ({
      fault: context.fault ?? params.reason,
    })),

    noteExcess: assign(({ context, event }) => {
      assertEvent(event, 'limit.exceeded');
      return {
        excess: context.excess ?? event.excess,
        terminationReason: context.terminationReason ?? ('limit' as const),
      };
    }),

    noteSwept: assign(({ context }, params: { swept: readonly string[] }) => ({
      swept: [...context.swept, ...params.swept],
    })),
  },
});

/** Parameters of `noteFault` for an actor that threw. */
export function faultOf({ event }: { event: { error: unknown } }): { reason: string } {
  const { error } = event;
  return { reason: error instanceof Error ? error.message : String(error) };
}
