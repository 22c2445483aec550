import { attemptId as workersId } from '../../domain/attempt.ts';
import type { AttemptInput } from '../../domain/loop-work.ts';
import type { LoopWorld } from '../loop-world.ts';
import type { IterationMark } from './iteration-commit.ts';
import type { RepositoryPlace } from './repository.ts';

export interface CheckpointScope {
  readonly place: RepositoryPlace;
  readonly loop: string;
  readonly mark: IterationMark;
}

/** The same, once nothing is left of what a dead runner had begun: its git would go on beside ours. */
export async function soleCheckpointScope(
  world: LoopWorld,
  input: AttemptInput,
  signal: AbortSignal,
): Promise<CheckpointScope> {
  await world.sweepAttempt(ownId(world, input));
  return checkpointScope(world, input, signal);
}

/** Git sees what a worker sees: what it starts by itself, hooks and filters, a worker may have written. */
export function checkpointScope(
  world: LoopWorld,
  input: AttemptInput,
  signal: AbortSignal,
): CheckpointScope {
  const { iteration, target } = input;
  const env = checkpointEnv(world, input);
  const sweep = (): Promise<unknown> => world.sweepAttempt(ownId(world, input));
  return {
    place: { cwd: world.workspace, env, signal, sweep, dataDirectory: world.paths.directory },
    loop: world.loop,
    mark: { task: world.task.name, runId: world.runId, iteration, target },
  };
}

/** What a worker would see, and what it may not. */
export function checkpointEnv(
  world: LoopWorld,
  input: AttemptInput,
): Readonly<Record<string, string>> {
  const attempt = { agent: world.agent, resumes: null, attemptId: ownId(world, input) };
  return world.equip({ ...input, ...attempt, taskEnv: {} }).env;
}

/** Apart from its worker's: it is swept on its own. */
function ownId(world: LoopWorld, input: AttemptInput): string {
  return `${workersId(world.runId, input)}-checkpoint`;
}
