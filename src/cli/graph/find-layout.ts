import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { DrawnMachine } from '../../inspect/drawn-machine.ts';
import { chartOf } from '../../inspect/layout/chart-of.ts';
import { fingerprint } from '../../inspect/layout/fingerprint.ts';
import type { Layout } from '../../inspect/layout/layout.ts';
import { readLayouts } from '../../inspect/layout/read-layouts.ts';
import { builtFile } from '../built-file.ts';

/** Laid out when autoloop was built. Throws AutoloopError 155 where it is missing, or of another version. */
export function findLayout(machine: DrawnMachine): Layout {
  const wanted = fingerprint(chartOf(machine));
  const found = readLayouts(builtFile('layouts.json')).find(
    (layout) => layout.fingerprint === wanted,
  );
  if (!found) {
    throw new AutoloopError({
      code: EXIT.access,
      message: `dist/layouts.json has no layout of the machine ${machine.id} as it is now.`,
      fix: 'Build autoloop again (npm run build), or install it anew.',
    });
  }
  return found;
}
