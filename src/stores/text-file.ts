import { errorCode } from './error-code.ts';
import { readRegular } from './open-regular.ts';
import { storageError } from './storage-error.ts';

/** The whole file; null: there is none. Throws AutoloopError 155 where it cannot be read. */
export function readTextFile(path: string): string | null {
  try {
    return readRegular(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return null;
    }
    throw storageError(error, { verb: 'read', path });
  }
}
