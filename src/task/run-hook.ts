import type { Clock } from '../ports/clock.ts';
import { HOOK_READERS, type Reading } from './hook-readers.ts';
import type { HookContexts, HookValues } from './hooks.ts';
import { boundedLog } from './bounded-log.ts';
import { excessOf } from './output-cap.ts';
import type { HookName, Task } from './task.ts';
import { systemTimer, withDeadline } from './with-deadline.ts';

export interface HookCall {
  /** Default 60,000. */
  readonly timeoutMs?: number;
  readonly clock?: Pick<Clock, 'startTimer'>;
}

/** What a hook came to. `message` names its file and itself, and is not redacted: it may hold what the hook threw. */
export type HookResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string; readonly fix: string };

const TIMEOUT_MS = 60_000;

/**
 * Calls one hook of a task and checks what comes back; without such a hook, what the loop goes by then.
 * Never throws. Gives up at its timeout or when `context.signal` is aborted; both abort the signal the hook sees.
 * A hook that blocks the thread cannot be given up: `task.watch` is for that.
 */
export async function callHook<Name extends HookName>(
  task: Task,
  name: Name,
  context: HookContexts[Name],
  call: HookCall = {},
): Promise<HookResult<HookValues[Name]>> {
  const reader = HOOK_READERS[name];
  const hook: unknown = task.definition[name];
  if (typeof hook !== 'function') {
    return { ok: true, value: reader.absent(context) };
  }
  const log = boundedLog((message) => context.log(message));
  const unwatch = task.watch?.(name);
  const ended = await withDeadline(
    async (signal): Promise<unknown> =>
      Reflect.apply(hook, task.definition, [{ ...context, signal, log }]),
    {
      timeoutMs: call.timeoutMs ?? TIMEOUT_MS,
      signal: context.signal,
      clock: call.clock ?? systemTimer,
    },
  );
  unwatch?.();
  const failed = failure(task, name);
  if (ended.how === 'threw' && isForTheOperator(task, ended.error)) {
    const message = `Task "${task.name}": ${ended.error.message}.`;
    return { ok: false, message, fix: 'Mend what it names.' };
  }
  if (ended.how !== 'returned') {
    return failed(ended.how === 'threw' ? thrown(task, ended.error) : ended.problem);
  }
  const reading = readReturned(ended.value, (value) => reader.read(value, context));
  return reading.ok ? reading : failed(reading.problem);
}

/** Looking at what came back may call foreign code, too: a getter, a proxy. */
function readReturned<Value>(
  returned: unknown,
  read: (returned: unknown) => Reading<Value>,
): Reading<Value> {
  try {
    const excess = excessOf(returned);
    return excess === null ? read(returned) : { ok: false, problem: `returned ${excess}` };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: `returned something that cannot be read: ${words}` };
  }
}

function failure(task: Task, name: HookName) {
  return (problem: string): { ok: false; message: string; fix: string } => ({
    ok: false,
    message: `Hook ${name} of task "${task.name}" ${problem} (${task.file}).`,
    fix: `Correct ${name} in ${task.file}.`,
  });
}

/** What a task of ours throws in plain words says what to do; where its code stands is of no help. */
function isForTheOperator(task: Task, error: unknown): error is Error {
  return (
    task.shipped && error instanceof Error && error.constructor === Error && !('code' in error)
  );
}

function thrown(task: Task, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `threw: ${message.trim() || 'no message'}${lineOf(task, error)}`;
}

/** ` at line 12`, where the stack tells. */
function lineOf(task: Task, error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frame = stack.split('\n').find((line) => line.includes(encodeURI(task.file)));
  const line = frame === undefined ? null : /:(\d+):\d+\)?$/.exec(frame);
  return line ? `, at line ${line[1]}` : '';
}
