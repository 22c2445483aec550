import type { TaskDefinition } from './definition.ts';
import type { OwnSettings } from './own-settings.ts';

/** Returns the definition as it is; it only makes the editor and tsc check it. `export default defineTask({…})`. */
export function defineTask<Own = OwnSettings>(
  definition: TaskDefinition<Own>,
): TaskDefinition<Own> {
  return definition;
}
