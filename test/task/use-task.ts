import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TaskLoading } from '../../src/task/load-task.ts';
import type { TaskPlace } from '../../src/task/resolve-task-file.ts';
import type { Task } from '../../src/task/task.ts';

export interface Used {
  readonly task: Omit<Task, 'definition'> & { readonly definition: readonly string[] };
  readonly results: readonly { ok: boolean; value?: unknown; message?: string; fix?: string }[];
  readonly error?: { code: number; message: string; fix: string | null };
  readonly stderr: string;
}

/** Loads a task natively, in a process of its own, calls hooks in order, and tells what came of it. */
export function useTask(
  place: TaskPlace,
  calls: readonly { hook: string; context: object }[] = [],
  loading: TaskLoading = {},
): Used {
  const child = spawnSync(process.execPath, [PROGRAM], {
    input: JSON.stringify({ place, calls, loading }),
    encoding: 'utf8',
  });
  return { ...JSON.parse(child.stdout), stderr: child.stderr };
}

const PROGRAM = fileURLToPath(new URL('programs/use-task.ts', import.meta.url));
