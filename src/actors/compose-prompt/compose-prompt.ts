import { fromPromise } from 'xstate';
import type { AttemptInput, Composition } from '../../domain/loop-work.ts';
import { rememberWorkspace } from '../changes/remember-workspace.ts';
import { prepareCheckpoint } from '../checkpoint/prepare-checkpoint.ts';
import { composedKey, type LoopWorld } from '../loop-world.ts';
import { composeAttempt } from './compose-attempt.ts';
import { keepPrompt } from './keep-prompt.ts';

/** Composes the attempt and keeps a redacted copy of its prompt; the attempt itself stays in memory. */
export function composePrompt(world: LoopWorld) {
  return fromPromise<Composition, AttemptInput>(async ({ input, signal }) => {
    await world.persisted();
    const composed = await composeAttempt(world, input, signal);
    if ('skip' in composed) {
      world.log.warn({ iteration: input.iteration }, composed.skip.reason);
      return { skip: composed.skip, workspaceMark: null, at: world.clock.now() };
    }
    const refused = await prepareCheckpoint(world, input, signal);
    if (refused !== null) {
      const skip = { outcome: 'worker_unavailable', reason: world.redact(refused) } as const;
      world.log.warn({ iteration: input.iteration }, skip.reason);
      return { skip, workspaceMark: null, at: world.clock.now() };
    }
    keepPrompt(world, input, composed.prompt);
    world.composed.clear();
    world.composed.set(composedKey(input), composed);
    const workspaceMark = await rememberWorkspace(world, input, signal);
    return { skip: null, workspaceMark, at: world.clock.now() };
  });
}
