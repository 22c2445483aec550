import type { AttemptInput } from '../../domain/loop-work.ts';
import type { LoopWorld } from '../loop-world.ts';
import { soleCheckpointScope } from './checkpoint-scope.ts';

/** Before a worker starts; with the second attempt of an iteration things are not what they were before the first. */
export async function prepareCheckpoint(
  world: LoopWorld,
  input: AttemptInput,
  signal: AbortSignal,
): Promise<string | null> {
  const { checkpoint: mode, dirtyStart } = world.settings;
  if (mode === 'off') {
    return null;
  }
  const { beginCheckpoint } = await import('./begin-checkpoint.ts');
  const isFirst = input.attempt === 1;
  const scope = await soleCheckpointScope(world, input, signal);
  return beginCheckpoint({ ...scope, mode, dirtyStart, isFirst });
}
