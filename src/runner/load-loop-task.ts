import { resolve } from 'node:path';
import type { BashScene } from '../actors/bash-task/bash-scene.ts';
import { hookEnvironment } from '../config/hook-environment.ts';
import { splitTaskEnv } from '../config/worker-environment.ts';
import { collectSecrets } from '../redaction/known-secrets.ts';
import { createRedactor } from '../redaction/redactor.ts';
import { dataPaths } from '../stores/data-paths.ts';
import type { BashTaskReader } from '../task/read-bash-task.ts';
import { loadTask, type TaskLoading } from '../task/load-task.ts';
import type { Task } from '../task/task.ts';
import { findInstallation } from './installation.ts';
import { promptFileOf, type LoopPlace } from './locate-loop.ts';
import type { LoopRequest } from './loop-request.ts';

/** Loads the task of a loop, be it a module or a `task.sh`. Throws AutoloopError 150. */
export async function loadLoopTask(
  request: LoopRequest,
  { task, root, workspace, dataDirectory: dataDir }: LoopPlace,
  loading: Pick<TaskLoading, 'timeoutMs'> = {},
): Promise<Task> {
  const { environment, flags, cwd } = request;
  const promptFile = promptFileOf(request);
  const redactor = createRedactor(collectSecrets(environment));
  const paths = dataPaths(dataDir);
  const scene: BashScene = {
    environment: hookEnvironment(environment, flags),
    promptFile: promptFile === null ? null : resolve(cwd, promptFile),
    isSetting: (name) => !(name in splitTaskEnv({ [name]: '' }).env),
    redact: (text) => redactor.redact(text),
    loop: { task, root, workspace, dataDir, paths: { ...paths, summaryJson: paths.summary } },
  };
  const shippedDir = findInstallation().shippedTasks;
  return loadTask({ name: task, root, shippedDir }, { ...loading, bashTask: bashTaskOf(scene) });
}

/** Most tasks are modules. */
function bashTaskOf(scene: BashScene): BashTaskReader {
  return async (script, signal) => {
    const { bashTasks } = await import('../actors/bash-task/bash-task.ts');
    return bashTasks(scene)(script, signal);
  };
}
