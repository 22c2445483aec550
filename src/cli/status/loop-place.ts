import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkedName, locateProject, tasksIn } from '../../config/locate-project.ts';
import { locateLoop, promptFileOf, type LoopPlace } from '../../runner/locate-loop.ts';
import type { CliContext } from '../cli-context.ts';
import { loopRequest } from '../loop-request.ts';
import { taskOfFolder } from './task-of-folder.ts';

/** Where the loop lies that the global options name. Throws AutoloopError 150 where none can be told. */
export function loopPlace(context: CliContext): LoopPlace {
  return namedFolder(context) ?? onlyLoop(context) ?? locateLoop(loopRequest(context));
}

/** A loop named with `--name` that has data needs no task to be looked at: its own events tell it. */
function namedFolder(context: CliContext): LoopPlace | null {
  const { globals } = context;
  if (globals.name === null || globals.task !== null) {
    return null;
  }
  const places = locateProject(loopRequest(context));
  const loop = checkedName('loop', globals.name);
  const dataDirectory = join(places.data, loop);
  const task = existsSync(dataDirectory) ? taskOfFolder(dataDirectory) : null;
  return task === null ? null : { ...places, loop, task, dataDirectory };
}

/** Where nobody names a task and the project has none, the one loop that has run here is meant. */
function onlyLoop(context: CliContext): LoopPlace | null {
  const { task } = context.globals;
  const request = loopRequest(context);
  const { LOOP_TASK, AUTOLOOP_LOOP_TASK } = context.environment;
  const places = locateProject(request);
  const isNamed = Boolean(task ?? promptFileOf(request) ?? (LOOP_TASK || AUTOLOOP_LOOP_TASK));
  if (isNamed || tasksIn(join(places.root, 'tasks')).length > 0) {
    return null;
  }
  const loops = existsSync(places.data) ? readdirSync(places.data) : [];
  const found = loops.flatMap((loop) => {
    const dataDirectory = join(places.data, loop);
    const ran = taskOfFolder(dataDirectory);
    return ran === null ? [] : [{ ...places, loop, task: ran, dataDirectory }];
  });
  const [first = null, ...others] = found;
  return others.length === 0 ? first : null;
}
