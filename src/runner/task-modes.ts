import { AutoloopError, EXIT } from '../domain/error.ts';
import type { Mode } from '../domain/mode.ts';
import type { TaskDefinition } from '../task/definition.ts';
import type { Task } from '../task/task.ts';

/** A task that says which modes it has runs in the first of them where nobody says more. */
export function taskDefaults({ modes, defaults }: TaskDefinition): Record<string, unknown> {
  const [mode] = modes ?? [];
  return { ...(mode === undefined ? {} : { mode }), ...defaults };
}

/** Throws AutoloopError 150 where a task is not made for the mode asked for. */
export function checkMode({ name, definition: { modes } }: Task, mode: Mode | null): void {
  if (modes !== undefined && mode !== null && !modes.includes(mode)) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `Task "${name}" has no mode "${mode}".`,
      fix: `Allowed: ${modes.map((one) => `--mode ${one}`).join(', ')}.`,
    });
  }
}
