import { AutoloopError, EXIT } from '../domain/error.ts';
import type { TaskDefinition } from './definition.ts';
import { parseDefinition } from './parse-definition.ts';
import { systemTimer, withDeadline } from './with-deadline.ts';

export interface BashTaskScript {
  readonly name: string;
  readonly directory: string;
  /** Absolute path of the `task.sh`. */
  readonly file: string;
}

/** Makes a task of a `task.sh`: nothing in this folder starts a process. Rejects with what is wrong with the file. */
export type BashTaskReader = (
  script: BashTaskScript,
  signal: AbortSignal,
) => Promise<TaskDefinition>;

export interface BashTaskReading {
  readonly timeoutMs: number;
  readonly bashTask: BashTaskReader;
}

/** Throws AutoloopError 150 where the file cannot be sourced, or not in time. */
export async function readBashTask(
  script: BashTaskScript,
  { bashTask, timeoutMs }: BashTaskReading,
): Promise<TaskDefinition> {
  const ended = await withDeadline((signal) => bashTask(script, signal), {
    timeoutMs,
    clock: systemTimer,
  });
  if (ended.how === 'returned') {
    return parseDefinition(ended.value, script);
  }
  const { file } = script;
  const problem = ended.how === 'threw' ? messageOf(ended.error) : `it ${ended.problem}`;
  throw new AutoloopError({
    code: EXIT.configuration,
    message: `${file} could not be sourced: ${problem}.`,
    fix: `Correct it; try it: bash -n ${file}`,
    cause: ended.how === 'threw' ? ended.error : undefined,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
