import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Environment } from '../domain/environment.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { ownSettings } from './own-settings.ts';

export interface PlaceRequest {
  readonly root: string | null;
  readonly data: string | null;
  readonly workspace: string | null;
  readonly environment: Environment;
  readonly cwd: string;
}

/** Where a project's tasks, data and work lie; absolute. */
export interface ProjectPlaces {
  readonly root: string;
  readonly data: string;
  readonly workspace: string;
}

/** contract.md section 2, the global options. */
export function locateProject(request: PlaceRequest): ProjectPlaces {
  const { cwd } = request;
  const environment = ownSettings(request.environment);
  const found = findUpward(cwd);
  for (const flag of ['root', 'data', 'workspace'] as const) {
    refuseEmpty(flag, request[flag]);
  }
  const root = absolute(cwd, request.root ?? environment['AUTOLOOP_ROOT']) ?? found ?? cwd;
  const data = absolute(cwd, request.data ?? environment['AUTOLOOP_DATA_DIR']);
  const workspace = absolute(cwd, request.workspace ?? environment['AUTOLOOP_WORKSPACE']);
  return {
    root,
    data: data ?? join(root, 'data'),
    workspace: workspace ?? (found ? dirname(found) : cwd),
  };
}

/** `--data "$UNSET"` must not mean the folder of another loop. */
function refuseEmpty(flag: string, path: string | null): void {
  if (path === '') {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `--${flag} is "", which is not a folder.`,
      fix: 'Name a folder, or leave it out.',
    });
  }
}

function findUpward(cwd: string): string | null {
  for (let directory = cwd; ; directory = dirname(directory)) {
    const candidate = join(directory, '.autoloop');
    if (existsSync(candidate)) {
      return candidate;
    }
    if (dirname(directory) === directory) {
      return null;
    }
  }
}

function absolute(cwd: string, path: string | null | undefined): string | null {
  return path ? resolve(cwd, path) : null;
}

const MODULES = ['task.ts', 'task.mts', 'task.mjs', 'task.js', 'task.sh'];

/** Names of the tasks in a folder, sorted. */
export function tasksIn(directory: string): string[] {
  const folders = existsSync(directory) ? readdirSync(directory, { withFileTypes: true }) : [];
  return folders
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => entry.name)
    .filter((name) => MODULES.some((module) => existsSync(join(directory, name, module))))
    .toSorted();
}

export interface TaskChoice {
  readonly flag: string | null;
  readonly environment: Environment;
  readonly hasPrompt: boolean;
  readonly project: readonly string[];
  readonly shipped: readonly string[];
}

/** The task asked for; else the only one of the project; else `prompt` when a prompt file is given. */
export function chooseTask(choice: TaskChoice): string {
  const environment = ownSettings(choice.environment);
  const asked =
    choice.flag ?? (environment['AUTOLOOP_LOOP_TASK'] || environment['LOOP_TASK'] || null);
  if (asked !== null) {
    return checkedName('task', asked);
  }
  const [only, ...others] = choice.project;
  if (only !== undefined && others.length === 0) {
    return only;
  }
  if (choice.hasPrompt) {
    return 'prompt';
  }
  const shipped = choice.shipped.filter((name) => name !== 'prompt');
  const known = [...new Set([...choice.project, ...shipped])];
  throw new AutoloopError({
    code: EXIT.configuration,
    message: only === undefined ? 'No task was named.' : 'This project has several tasks.',
    fix: `Name one (${known.map((name) => `--task ${name}`).join(', ')}), or give a prompt: --prompt PROMPT.md`,
  });
}

/** Names become folders: no separators, no dots in front. Throws AutoloopError 150. */
export function checkedName(kind: 'task' | 'loop', name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `"${name}" is not a name for a ${kind}.`,
      fix: 'Use up to 64 letters, digits, dots, dashes and underscores, a letter or digit first.',
    });
  }
  return name;
}
