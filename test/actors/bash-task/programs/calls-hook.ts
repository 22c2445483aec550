// Calls a hook of the task `mine` in the folder given, as a runner would.
import { bashTasks } from '../../../../src/actors/bash-task/bash-task.ts';
import { loadTask } from '../../../../src/task/load-task.ts';
import { callHook } from '../../../../src/task/run-hook.ts';
import { contextOf } from '../../../task/context-of.ts';

const [, , root = '/'] = process.argv;
const facts = contextOf({ task: 'mine', root, workspace: root, dataDir: `${root}/data/mine` });
const bashTask = bashTasks({
  environment: { PATH: process.env['PATH'] },
  isSetting: () => false,
  promptFile: null,
  redact: (text) => text,
  loop: facts,
});
const task = await loadTask({ name: 'mine', root, shippedDir: root }, { bashTask });
await callHook(task, 'buildHelperContext', facts);
