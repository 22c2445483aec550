import { bashTasks } from '../../../src/actors/bash-task/bash-task.ts';
import type { Environment } from '../../../src/domain/environment.ts';
import type { TaskContext } from '../../../src/task/context.ts';
import type { HookContexts } from '../../../src/task/hooks.ts';
import { loadTask } from '../../../src/task/load-task.ts';
import { callHook, type HookCall } from '../../../src/task/run-hook.ts';
import type { HookName, Task } from '../../../src/task/task.ts';
import { contextOf } from '../../task/context-of.ts';
import { scratch } from '../../task/scratch.ts';

export interface BashUse {
  readonly environment?: Environment;
  readonly promptFile?: string;
  readonly timeoutMs?: number;
}

export interface UsedBashTask {
  readonly task: Task;
  readonly root: string;
  /** What went to the loop's log. */
  readonly logged: string[];
  readonly call: <Name extends HookName>(
    name: Name,
    more?: Partial<HookContexts[Name]>,
    call?: HookCall,
  ) => ReturnType<typeof callHook<Name>>;
}

/** A task of this text in a folder of its own, loaded as a loop would. */
export async function useBashTask(script: string, use: BashUse = {}): Promise<UsedBashTask> {
  const root = scratch({ 'tasks/mine/task.sh': script, 'tasks/mine/prompts/mine.md': '# Do it\n' });
  return loadIn(root, 'mine', use);
}

export async function loadIn(root: string, name: string, use: BashUse = {}): Promise<UsedBashTask> {
  const { PATH } = process.env;
  const dataDir = `${root}/data/${name}`;
  const bashTask = bashTasks({
    loop: { task: name, root, workspace: root, dataDir, paths: contextOf({ dataDir }).paths },
    environment: { PATH, ...use.environment },
    isSetting: (setting) => setting === 'MAX_TURNS',
    promptFile: use.promptFile ?? null,
    redact: (text) => text.replaceAll('hunter2', '[REDACTED]'),
  });
  const { timeoutMs = 60_000 } = use;
  const task = await loadTask({ name, root, shippedDir: '/nowhere' }, { bashTask, timeoutMs });
  const logged: string[] = [];
  const facts: Partial<TaskContext> = {
    ...{ task: name, root, workspace: root, taskDir: task.directory },
    ...{ dataDir, log: (message) => void logged.push(message) },
  };
  return {
    ...{ task, root, logged },
    call: (hook, more = {}, call = {}) =>
      callHook(task, hook, { ...contextOf(facts), ...NOTHING, ...more } as never, call),
  };
}

const NOTHING = {
  ...{ basePrompt: '', summary: '', helperContext: '', prefix: '', notes: [], prompt: '' },
};
