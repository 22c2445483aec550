import { loadLoopTask } from '../../runner/load-loop-task.ts';
import { locateLoop } from '../../runner/locate-loop.ts';
import type { TaskLoading } from '../../task/load-task.ts';
import type { Task } from '../../task/task.ts';
import type { CliContext } from '../cli-context.ts';
import { loopRequest } from '../loop-request.ts';

/** The task of this name, be it a module or a `task.sh`. Throws AutoloopError 150. */
export async function loadNamed(
  context: CliContext,
  name: string,
  loading: Pick<TaskLoading, 'timeoutMs'> = {},
): Promise<Task> {
  const request = { ...loopRequest(context), task: name, name: null };
  return loadLoopTask(request, locateLoop(request), loading);
}
