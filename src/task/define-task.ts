import type { TaskDefinition } from './definition.ts';

/** Returns the definition as it is; it only makes the editor and tsc check it. `export default defineTask({…})`. */
export function defineTask(definition: TaskDefinition): TaskDefinition {
  return definition;
}
