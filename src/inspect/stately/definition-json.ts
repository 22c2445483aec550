import type { Redactor } from '../../redaction/redactor.ts';
import type { DrawnMachine } from '../drawn-machine.ts';
import { statelyConfig } from '../to-stately.ts';

/**
 * A machine as JSON text from which `createMachine` makes the same states and transitions: without what it begins with
 * and works on, and without secrets.
 */
export function definitionJson(machine: DrawnMachine, redactor: Redactor): string {
  return JSON.stringify(redactor.redactValue(statelyConfig(machine)));
}
