import type { AttemptInput } from '../../domain/loop-work.ts';
import type { LoopWorld } from '../loop-world.ts';
import { lookOrder } from './look-order.ts';
import { lookAtWorkspace } from './look-at-workspace.ts';
import { writeLook } from './kept-look.ts';

/**
 * Keeps what lies in the workspace before the first worker of an iteration, where no checkpoint does. Answers its mark
 * where it counts whether anything changes; null: it does not, or it cannot be told.
 */
export async function rememberWorkspace(
  world: LoopWorld,
  input: AttemptInput,
  signal: AbortSignal,
): Promise<string | null> {
  const { expectsChanges = false } = world.task.definition;
  // A worker that may work already is not to be taken for what was there before.
  const isFirst = input.attempt === 1 && !world.mayBeBegun(input);
  const keeps = isFirst && world.settings.checkpoint === 'off';
  if (!keeps && !expectsChanges) {
    return null;
  }
  const look = await lookAtWorkspace(lookOrder(world, input, signal));
  if (keeps && look !== null) {
    writeLook(world, input.iteration, look);
  }
  return expectsChanges ? (look?.mark ?? null) : null;
}
