import { fromCallback } from 'xstate';
import type { AttemptInput, TerminateWorker } from '../../domain/loop-work.ts';
import { AttemptWatch } from './attempt-watch.ts';
import type { LoopWorld } from '../loop-world.ts';

/**
 * Ensures one attempt: collects it when it has ended, adopts it when it lives, launches it when nobody has.
 * Its stop only lets go of the worker; ending it is an explicit `worker.terminate`.
 */
export function runAttempt(world: LoopWorld) {
  return fromCallback<TerminateWorker, AttemptInput>(({ input, sendBack, receive }) => {
    const watch = new AttemptWatch(world, input, sendBack);
    receive(() => watch.terminate());
    void watch.begin();
    return () => watch.letGo();
  });
}
