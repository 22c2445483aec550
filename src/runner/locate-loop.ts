import { join } from 'node:path';
import {
  checkedName,
  chooseTask,
  locateProject,
  tasksIn,
  type ProjectPlaces,
} from '../config/locate-project.ts';
import { findInstallation } from './installation.ts';
import type { LoopRequest } from './loop-request.ts';

/** Where a loop lies; nothing of it is read. */
export interface LoopPlace extends ProjectPlaces {
  /** Name of the loop: `--name`, else the task's. */
  readonly loop: string;
  readonly task: string;
  /** `data/<loop>`, absolute. */
  readonly dataDirectory: string;
}

/** Throws AutoloopError 150 where no task can be told. */
export function locateLoop(request: LoopRequest): LoopPlace {
  const places = locateProject(request);
  const { shippedTasks } = findInstallation();
  const task = chooseTask({
    flag: request.task,
    environment: request.environment,
    hasPrompt: promptFileOf(request) !== null,
    project: tasksIn(join(places.root, 'tasks')),
    shipped: tasksIn(shippedTasks),
  });
  const loop = checkedName('loop', request.name ?? task);
  return { ...places, loop, task, dataDirectory: join(places.data, loop) };
}

/** `--prompt`, else `PROMPT_PATH`; as written. */
export function promptFileOf({ prompt, environment }: LoopRequest): string | null {
  return prompt ?? (environment['AUTOLOOP_PROMPT_PATH'] || environment['PROMPT_PATH'] || null);
}
