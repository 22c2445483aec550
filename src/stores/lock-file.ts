import { accessSync, closeSync, constants, lstatSync, openSync, type Stats } from 'node:fs';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { errorCode } from './error-code.ts';
import { storageError } from './storage-error.ts';

/**
 * Creates the lock file where it is missing and refuses (AutoloopError 155) one that SQLite would open read-only:
 * two processes would both "hold" it. To be called before the lock is taken, never while it is held: closing any
 * descriptor of the file drops the lock of the whole process.
 */
export function prepareLockFile(path: string): void {
  try {
    while (!isUsable(path)) {
      createLockFile(path);
    }
  } catch (error) {
    throw storageError(error, { verb: 'lock', path });
  }
}

/** false: it is not there, or is no more: somebody may be deleting it again and again. */
function isUsable(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    return false;
  }
  refuseForeign(path, found);
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return false;
    }
    throw error;
  }
}

function createLockFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') {
      throw error;
    }
  }
}

function refuseForeign(path: string, found: Stats): void {
  const isOurs = found.uid === process.geteuid?.();
  if (!found.isFile() || !isOurs) {
    const what = isOurs ? 'it is no ordinary file' : `it belongs to user ${found.uid}`;
    throw new AutoloopError({
      code: EXIT.access,
      message: `Cannot lock ${path}: ${what}.`,
      fix: `Run as that user, or take another folder with --data: ls -ld ${path}`,
    });
  }
}
