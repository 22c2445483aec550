import type { EndedIterationContext } from './context.ts';
import type { Gate } from './gate.ts';
import { HOOK_READERS } from './hook-readers.ts';
import { callHook, type HookResult } from './run-hook.ts';
import type { Task } from './task.ts';

/** What the work of this iteration has to pass: the task's list, or what its function says. Never throws. */
export async function gatesOf(
  task: Task,
  context: EndedIterationContext,
): Promise<HookResult<readonly Gate[]>> {
  const { gates } = task.definition;
  if (gates === undefined || typeof gates === 'function') {
    return callHook(task, 'gates', context);
  }
  const reading = HOOK_READERS.gates.read(gates, context);
  return reading.ok
    ? reading
    : {
        ok: false,
        message: `The gates of ${task.file}: ${reading.problem}.`,
        fix: 'Correct them.',
      };
}
