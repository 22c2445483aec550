import type { AttemptInput } from '../../domain/loop-work.ts';
import { composeAttempt } from '../compose-prompt/compose-attempt.ts';
import { keepPrompt } from '../compose-prompt/keep-prompt.ts';
import { composedKey, type LoopWorld } from '../loop-world.ts';

/** What is told to the agent is what was composed first, also where a layer died before it had claimed. */
export async function composeOnce(
  world: LoopWorld,
  input: AttemptInput,
): ReturnType<typeof composeAttempt> {
  const key = composedKey(input);
  const known = world.composed.get(key);
  if (known) {
    return known;
  }
  const composed = await composeAttempt(world, input);
  if (!('skip' in composed)) {
    keepPrompt(world, input, composed.prompt);
    world.composed.set(key, composed);
  }
  return composed;
}
