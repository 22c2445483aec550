import { loopMachine } from '../../machines/loop.machine.ts';
import { definitionHash } from './definition-hash.ts';

/** Of the machine that this version plays its loops by. */
export function loopDefinitionHash(): string {
  return definitionHash(loopMachine);
}
