import { GitError } from '../actors/checkpoint/git.ts';
import { openRepository } from '../actors/checkpoint/repository.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import type { LoopPlan } from './loop-plan.ts';

/** Where checkpoints are wanted, there has to be something to keep them in. Throws AutoloopError 150. */
export async function checkRepository(plan: LoopPlan): Promise<void> {
  const { checkpoint } = plan.settings;
  if (checkpoint === 'off') {
    return;
  }
  const { workspace: cwd, dataDirectory, environment } = plan;
  const { PATH = '', HOME = '' } = environment;
  try {
    await openRepository({ cwd, dataDirectory, env: { PATH, HOME } });
  } catch (error) {
    if (!(error instanceof GitError)) {
      throw error;
    }
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `--checkpoint ${checkpoint} needs the workspace ${cwd} to be in a git repository: ${error.message}`,
      fix: 'Make it one (git init), or run without: --checkpoint off',
    });
  }
}
