import { rmSync } from 'node:fs';
import { storageError } from './storage-error.ts';

/** A file that is not there is no error; a folder in its place goes, too. Throws AutoloopError 155 where it cannot be removed. */
export function removeFile(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    throw storageError(error, { verb: 'remove', path });
  }
}
