import type { AttemptInput } from '../../domain/loop-work.ts';
import { checkpointEnv } from '../checkpoint/checkpoint-scope.ts';
import type { LoopWorld } from '../loop-world.ts';
import type { LookOrder } from './look-at-workspace.ts';

/** Where it decides what an iteration comes to. */
const LONGEST_MS = 30_000;
/** Where it only tells what changed. */
const SHORTER_MS = 5_000;

export function lookOrder(world: LoopWorld, input: AttemptInput, signal: AbortSignal): LookOrder {
  const timeoutMs = world.task.definition.expectsChanges ? LONGEST_MS : SHORTER_MS;
  return { workspace: world.workspace, env: checkpointEnv(world, input), signal, timeoutMs };
}
