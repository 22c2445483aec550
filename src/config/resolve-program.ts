import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Environment } from '../domain/environment.ts';

/** Absolute path of an executable: a path as it is (from `cwd`), a name on PATH. null: there is none. */
export function resolveProgram(
  file: string,
  { environment, cwd }: { environment: Environment; cwd: string },
): string | null {
  if (file.includes('/')) {
    const path = resolve(cwd, file);
    return isExecutable(path) ? path : null;
  }
  const folders = (environment['PATH'] ?? '/usr/local/bin:/usr/bin:/bin').split(':');
  const paths = folders.map((folder) => resolve(cwd, folder || '.', file));
  return (file !== '' && paths.find(isExecutable)) || null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
