import { realpathSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { keepRunning } from './keep-running.ts';
import { describeLoadFailure } from './load-failure.ts';
import { parseDefinition } from './parse-definition.ts';
import { readBashTask, type BashTaskReader } from './read-bash-task.ts';
import { resolveAutoloop } from './resolve-autoloop.ts';
import { isBashTask, resolveTaskFile, type TaskPlace } from './resolve-task-file.ts';
import { isStrayOfTask } from './stray-error.ts';
import type { Task } from './task.ts';
import { systemTimer, withDeadline } from './with-deadline.ts';

export interface TaskLoading {
  /** How long its modules may take to be evaluated. Default 60,000. */
  readonly timeoutMs?: number;
  /** Reads a `task.sh`. Absent: such tasks are refused. */
  readonly bashTask?: BashTaskReader;
}

/**
 * Finds, imports and checks a task. Modules are cached by the process: a changed task is seen at the next start.
 * Throws AutoloopError 150 (what is wrong, in which file and line, how to mend it).
 */
export async function loadTask(place: TaskPlace, loading: TaskLoading = {}): Promise<Task> {
  const { timeoutMs = 60_000, bashTask = refuseBashTask } = loading;
  const { name } = place;
  const found = resolveTaskFile(place);
  if (isBashTask(found)) {
    const definition = await readBashTask({ name, ...found }, { bashTask, timeoutMs });
    return { name, ...found, definition };
  }
  const exported = await importModule(realpathSync(found.file), timeoutMs);
  return { name, ...found, definition: parseDefinition(exported, { name, file: found.file }) };
}

async function refuseBashTask(): Promise<never> {
  throw new Error('nothing here can read bash tasks');
}

async function importModule(file: string, timeoutMs: number): Promise<unknown> {
  resolveAutoloop(dirname(file));
  keepRunning();
  syncBuiltinESMExports();
  Reflect.set(globalThis, Symbol.for('autoloop/stray'), isStrayOfTask);
  const deadline = { timeoutMs, clock: systemTimer };
  const ended = await withDeadline(() => import(pathToFileURL(file).href), deadline);
  if (ended.how === 'returned') {
    return defaultExport(ended.value);
  }
  throw await describeLoadFailure(
    file,
    ended.how === 'threw' ? ended.error : new Error(`it ${ended.problem}`),
  );
}

function defaultExport(module: unknown): unknown {
  return typeof module === 'object' && module !== null ? Reflect.get(module, 'default') : undefined;
}
