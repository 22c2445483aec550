import { fromCallback } from 'xstate';
import type { AttemptInput, TerminateWorker } from '../../../machines/loop/actors.ts';
import type { LoopEventOf } from '../../../machines/loop/events.ts';
import { AttemptWatch } from './attempt-watch.ts';
import type { LoopWorld } from '../loop-world.ts';

type Answer = LoopEventOf<'worker.started'> | LoopEventOf<'worker.ended'> | AttemptFailed;

/** Something of ours broke: the machine must hear of it as an error of the actor. */
export interface AttemptFailed {
  readonly type: 'xstate.error.actor.runAttempt';
  readonly error: unknown;
  readonly actorId: 'runAttempt';
}

/**
 * Ensures one attempt: collects it when it has ended, adopts it when it lives, launches it when nobody has.
 * Its stop only lets go of the worker; ending it is an explicit `worker.terminate`.
 */
export function runAttempt(world: LoopWorld) {
  return fromCallback<TerminateWorker, AttemptInput>(({ input, sendBack, receive }) => {
    const answer = (event: Answer) => sendBack(event as never);
    const watch = new AttemptWatch(world, input, answer);
    receive(() => watch.terminate());
    void watch.begin();
    return () => watch.letGo();
  });
}
