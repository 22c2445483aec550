import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AutoloopError, EXIT } from '../../domain/error.ts';

/** Throws AutoloopError 150 where no file can be put at the path. What goes wrong later is a warning. */
export function checkMetricsFile(path: string): void {
  const folder = dirname(path);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw refusal(
      path,
      'it is a folder',
      `Name a file in it: --metrics-file ${path}/autoloop.prom`,
    );
  }
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw refusal(path, why, `Make its folder one that this user may write to: mkdir -p ${folder}`);
  }
}

function refusal(path: string, why: string, fix: string): AutoloopError {
  return new AutoloopError({
    code: EXIT.configuration,
    message: `The metrics cannot be written to ${path}: ${why}.`,
    fix,
  });
}
