import { loopMachine } from '../../../machines/loop.machine.ts';
import type { Redactor } from '../../redaction/redactor.ts';
import { definitionJson } from './definition-json.ts';

/** Of the machine that every loop of this version is played by, as JSON text. */
export function loopDefinition(redactor: Redactor): string {
  return definitionJson(loopMachine, redactor);
}
