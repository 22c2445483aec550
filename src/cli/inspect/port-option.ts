import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { CommandOptions } from '../cli-context.ts';

/** null: any that is free. Throws AutoloopError 150. */
export function portOption({ port }: CommandOptions): number | null {
  if (typeof port !== 'string') {
    return null;
  }
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > 65_535) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `--port is "${port}", which is no port.`,
      fix: 'Allowed: 1 to 65535, or leave it out: then a free one is found.',
    });
  }
  return number;
}
