import { attemptId } from '../../domain/attempt.ts';
import type { AttemptInput } from '../../domain/loop-work.ts';
import type { LoopWorld } from '../loop-world.ts';
import type { IterationMark } from './iteration-commit.ts';
import type { RepositoryPlace } from './repository.ts';

export interface CheckpointScope {
  readonly place: RepositoryPlace;
  readonly loop: string;
  readonly mark: IterationMark;
}

/** Git sees what a worker sees: what it starts by itself, hooks and filters, a worker may have written. */
export function checkpointScope(
  world: LoopWorld,
  input: AttemptInput,
  signal: AbortSignal,
): CheckpointScope {
  const { iteration, target } = input;
  const ownId = `${attemptId(world.runId, input)}-checkpoint`;
  const { env } = world.equip({ ...input, resumes: null, attemptId: ownId, taskEnv: {} });
  return {
    place: { cwd: world.workspace, env, signal, dataDirectory: world.paths.directory },
    loop: world.loop,
    mark: { task: world.task.name, runId: world.runId, iteration, target },
  };
}
