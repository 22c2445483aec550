import { readBase } from '../actors/checkpoint/base.ts';
import { GitError } from '../actors/checkpoint/git.ts';
import { lookBeforeStart } from '../actors/checkpoint/look-before-start.ts';
import { openRepository, type Repository } from '../actors/checkpoint/repository.ts';
import { ANY_BUDGET } from '../domain/cap.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { dataPaths } from '../stores/data-paths.ts';
import type { LoopPlan } from './loop-plan.ts';
import { readSavedLoop } from './read-saved-loop.ts';

/**
 * Where checkpoints are wanted, there has to be something to keep them in, and nothing that a worker would be refused for.
 * Only looks. Answers the repository, null without checkpoints. Throws AutoloopError 150.
 */
export async function checkRepository(plan: LoopPlan): Promise<string | null> {
  const { checkpoint } = plan.settings;
  if (checkpoint === 'off') {
    return null;
  }
  try {
    return await checkedTop(plan);
  } catch (error) {
    if (!(error instanceof GitError)) {
      throw error;
    }
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `--checkpoint ${checkpoint} needs the workspace ${plan.workspace} to be in a git repository: ${error.message}`,
      fix: 'Make it one (git init), or run without: --checkpoint off',
    });
  }
}

async function checkedTop(plan: LoopPlan): Promise<string> {
  const { loop, settings, workspace: cwd, dataDirectory } = plan;
  const repository = await openRepository({ cwd, dataDirectory, env: environmentOf(plan) });
  const { checkpoint, dirtyStart } = settings;
  const refused = await lookBeforeStart(repository, { loop, dirtyStart });
  if (refused !== null && !(await hasOpenIteration(repository, plan))) {
    const { why, fix } = refused;
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `--checkpoint ${checkpoint} lets no worker start: ${why}.`,
      fix: `${fix.slice(0, 1).toUpperCase()}${fix.slice(1)}.`,
    });
  }
  return repository.top;
}

/** What a worker sees: filters of the repository are programs that one may have written. */
function environmentOf(plan: LoopPlan): Readonly<Record<string, string>> {
  const nobody = { iteration: 0, attempt: 0, target: null, attemptId: '', runId: '', events: '' };
  const { agent } = plan;
  return plan.equip({ ...nobody, agent, resumes: null, budget: ANY_BUDGET, taskEnv: {} }).env;
}

/** What lies there is its work then: it is committed or taken back before another worker starts. */
async function hasOpenIteration(repository: Repository, plan: LoopPlan): Promise<boolean> {
  const open = readSavedLoop(dataPaths(plan.dataDirectory))?.open ?? null;
  if (open === null) {
    return false;
  }
  const mark = { ...open, task: plan.task.name, target: null };
  return (await readBase(repository, { loop: plan.loop, mark })) !== null;
}
