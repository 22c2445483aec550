import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findInstallation } from '../runner/installation.ts';
import { storageError } from '../stores/storage-error.ts';

/** What lies beside the program since it was built. Throws AutoloopError 155 where it does not. */
export function builtFile(name: string): string {
  const path = join(findInstallation().root, 'dist', name);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw storageError(error, { verb: 'read', path });
  }
}
