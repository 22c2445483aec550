import { basename, delimiter, dirname } from 'node:path';
import type { Environment } from '../domain/environment.ts';

/** How the user called us, so that a command we show can be typed as it stands: `autoloop`, or a path like `bin/autoloop`. */
export function programName(environment: Environment): string {
  const called = environment['AUTOLOOP_CALLED_AS'] ?? '';
  const onPath = (environment['PATH'] ?? '').split(delimiter).includes(dirname(called));
  return called === '' || onPath ? basename(called || 'autoloop') : called;
}
