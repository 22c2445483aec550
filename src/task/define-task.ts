import type { TaskDefinition } from './definition.ts';

/** Returns the definition as it is: it only gives it its types. `export default defineTask({…})`. */
export function defineTask<Definition extends TaskDefinition>(definition: Definition): Definition {
  return definition;
}
