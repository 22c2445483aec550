import { openRegular } from './open-regular.ts';
import { storageError } from './storage-error.ts';

/** A file descriptor. Throws AutoloopError 155 where the file cannot be read, or is none. */
export function openForReading(path: string): number {
  try {
    return openRegular(path, 'r');
  } catch (error) {
    throw storageError(error, { verb: 'read', path });
  }
}
