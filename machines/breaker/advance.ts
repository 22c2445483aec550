import { transition } from 'xstate';
import { breakerMachine } from '../breaker.machine.ts';
import type { BreakerEvent } from './events.ts';
import type { Breaker } from './memory.ts';

/** The breaker after an event: the machine itself, played without an actor. */
export function advanceBreaker(breaker: Breaker, event: BreakerEvent): Breaker {
  const snapshot = breakerMachine.resolveState({ value: breaker.state, context: breaker.memory });
  const [next] = transition(breakerMachine, snapshot, event);
  return { state: next.value, memory: next.context };
}
