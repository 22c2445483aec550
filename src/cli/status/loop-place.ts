import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkedName, locateProject } from '../../config/locate-project.ts';
import { locateLoop, type LoopPlace } from '../../runner/locate-loop.ts';
import type { CliContext } from '../cli-context.ts';
import { loopRequest } from '../loop-request.ts';
import { taskOfFolder } from './task-of-folder.ts';

/** Where the loop lies that the global options name. Throws AutoloopError 150 where none can be told. */
export function loopPlace(context: CliContext): LoopPlace {
  return namedFolder(context) ?? locateLoop(loopRequest(context));
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
