import type { DrawnMachine } from './drawn-machine.ts';
import { attemptMachine } from '../../machines/attempt.machine.ts';
import { breakerMachine } from '../../machines/breaker.machine.ts';
import { loopMachine } from '../../machines/loop.machine.ts';

/** The machines autoloop is made of, by the name `graph --machine` knows them by. */
export const MACHINES: Readonly<Record<string, DrawnMachine>> = {
  loop: loopMachine,
  attempt: attemptMachine,
  breaker: breakerMachine,
};
