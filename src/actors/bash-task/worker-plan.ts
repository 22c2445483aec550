import type { WorkerContext } from '../../task/context.ts';
import type { WorkerPlan } from '../../task/definition.ts';
import type { BashScene } from './bash-scene.ts';
import { hookVariables, TOLD, workerSettings } from './hook-variables.ts';
import { WORKER_SCRIPT } from './scripts.ts';

export interface WorkerFacts {
  readonly scene: BashScene;
  /** Absolute path of the `task.sh`. */
  readonly file: string;
  /** What the task exported for the attempt. */
  readonly prepared: Readonly<Record<string, string>>;
}

/**
 * Runs `task_run_worker` in a bash that the isolation layer starts. Its script travels in a variable, so that it is told
 * as one short line, and brings what a worker does not get by its own name: settings, and what only the shell knows.
 */
export function workerPlan(context: WorkerContext, facts: WorkerFacts): WorkerPlan {
  const { scene, file, prepared } = facts;
  const known = hookVariables(context, scene.promptFile);
  const own = Object.entries(prepared).filter(([name]) => isTold(name) || scene.isSetting(name));
  const exported = { ...workerSettings(context), ...Object.fromEntries(own) };
  const script = [
    `unset ${SCRIPT}`,
    ...Object.entries(known).map(assignment),
    ...Object.entries(exported).map((entry) => `export ${assignment(entry)}`),
    WORKER_SCRIPT,
  ].join('\n');
  return {
    command: 'bash',
    args: ['-c', `eval "$${SCRIPT}"`, file, String(context.iteration)],
    env: { [SCRIPT]: script },
  };
}

const SCRIPT = 'AUTOLOOP_SH';

function isTold(name: string): boolean {
  return TOLD.some((told) => told === name);
}

/** In single quotes nothing is expanded. */
function assignment([name, value]: readonly [string, string]): string {
  return `${name}='${value.replaceAll("'", String.raw`'\''`)}'`;
}
