import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { nearestName } from './nearest-name.ts';

export interface TaskPlace {
  readonly name: string;
  /** Holds `tasks/`. */
  readonly root: string;
  /** Holds the tasks that come with autoloop. */
  readonly shippedDir: string;
}

export interface TaskFile {
  readonly directory: string;
  readonly file: string;
  readonly shipped: boolean;
}

/** Finds a task's module, or its `task.sh`: the project's before the shipped one of the same name. Throws AutoloopError 150, 155. */
export function resolveTaskFile(place: TaskPlace): TaskFile {
  refuseStrangeName(place.name);
  const project = join(place.root, 'tasks', place.name);
  const shipped = join(place.shippedDir, place.name);
  const file = taskFile(project);
  if (file !== null) {
    return { directory: project, file, shipped: resolve(project) === resolve(shipped) };
  }
  const shippedFile = taskFile(shipped);
  if (shippedFile === null) {
    throw existsSync(project) ? withoutModule(place.name, project) : unknownTask(place);
  }
  return { directory: shipped, file: shippedFile, shipped: true };
}

export function isBashTask({ file }: TaskFile): boolean {
  return basename(file) === BASH_TASK;
}

const MODULE_NAMES = ['task.ts', 'task.mts', 'task.mjs', 'task.js'];
const BASH_TASK = 'task.sh';

function refuseStrangeName(name: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `Task name "${name}" is not allowed.`,
      fix: 'A task is named like its folder in tasks/: letters, digits, ".", "_" and "-".',
    });
  }
}

/** Its module; a `task.sh` only where there is none. */
function taskFile(directory: string): string | null {
  const script = join(directory, BASH_TASK);
  return moduleFile(directory) ?? (existsSync(script) ? script : null);
}

function moduleFile(directory: string): string | null {
  const found = MODULE_NAMES.filter((name) => existsSync(join(directory, name)));
  const [first, second] = found;
  if (second !== undefined) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `${directory} holds several task modules: ${found.join(', ')}.`,
      fix: 'Keep one of them.',
    });
  }
  return first === undefined ? null : join(directory, first);
}

function withoutModule(name: string, directory: string): AutoloopError {
  return new AutoloopError({
    code: EXIT.configuration,
    message: `Task "${name}" has no module: ${directory} holds none of ${[...MODULE_NAMES, BASH_TASK].join(', ')}.`,
    fix: `Write ${join(directory, 'task.ts')}, see docs/writing-a-task.md.`,
  });
}

function unknownTask(place: TaskPlace): AutoloopError {
  const names = [
    ...new Set([...taskFolders(join(place.root, 'tasks')), ...taskFolders(place.shippedDir)]),
  ].toSorted();
  const near = nearestName(place.name, names);
  return new AutoloopError({
    code: EXIT.configuration,
    message: `There is no task "${place.name}" in ${join(place.root, 'tasks')}. Tasks: ${names.join(', ') || 'none'}.`,
    fix: near === null ? 'Name one of them with --task.' : `Did you mean: --task ${near}`,
  });
}

function taskFolders(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => statSync(join(directory, name)).isDirectory());
  } catch {
    return [];
  }
}
