import { errorCode } from './error-code.ts';
import { openRegular } from './open-regular.ts';
import { storageError } from './storage-error.ts';

/** A file open for reading; null: there is none. Throws AutoloopError 155 where it cannot be read. */
export function openIfThere(path: string): number | null {
  try {
    return openRegular(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return null;
    }
    throw storageError(error, { verb: 'read', path });
  }
}
