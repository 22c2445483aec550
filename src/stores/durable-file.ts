import { linkSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { errorCode } from './error-code.ts';
import type { FileMark } from './file-mark.ts';
import { syncDirectory } from './private-directory.ts';
import { storageError } from './storage-error.ts';
import { withTemporary, type FileContent } from './temporary-file.ts';

/**
 * Replaces the file as a whole, mode 0600, on disk when it returns; returns by what it is known from now on.
 * Throws AutoloopError (153, 155) with the old file untouched and no temporary left.
 */
export function replaceFile(path: string, data: string | Uint8Array): FileMark {
  try {
    const written = withTemporary({ path, data }, (temporary, mark) => {
      renameSync(temporary, path);
      return mark;
    });
    syncDirectory(dirname(path));
    return written;
  } catch (error) {
    throw storageError(error, { verb: 'write', path });
  }
}

/** As `replaceFile`, for copies that nothing depends on: a power loss may leave the old one. */
export function replaceCopy(path: string, data: string): void {
  try {
    withTemporary({ path, data, isDurable: false }, (temporary) => renameSync(temporary, path));
  } catch (error) {
    throw storageError(error, { verb: 'write', path });
  }
}

/** As `replaceFile`; what the file held goes on under `formerPath`. At no moment is `path` missing. */
export function replaceFileKeepingFormer(content: FileContent, formerPath: string): FileMark {
  try {
    const written = withTemporary(content, (temporary, mark) => {
      keepAs(formerPath, content.path);
      renameSync(temporary, content.path);
      return mark;
    });
    syncDirectory(dirname(content.path));
    return written;
  } catch (error) {
    throw storageError(error, { verb: 'write', path: content.path });
  }
}

/** Creates the file with all its content, or not at all; false: it was there already. First wins, among any number of processes. */
export function createFileOnce(path: string, data: string | Uint8Array): boolean {
  try {
    const created = withTemporary({ path, data }, (temporary) => linkOnce(temporary, path));
    if (created) {
      syncDirectory(dirname(path));
    }
    return created;
  } catch (error) {
    throw storageError(error, { verb: 'create', path });
  }
}

function linkOnce(existing: string, path: string): boolean {
  try {
    linkSync(existing, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

/** Again where somebody else put a file there in between; one who never ceases ends it. */
function keepAs(formerPath: string, existing: string): void {
  for (let tries = 1; ; tries += 1) {
    rmSync(formerPath, { force: true });
    if (linkIfThere(existing, formerPath)) {
      return;
    }
    if (tries === MOST_TRIES) {
      throw new AutoloopError({
        code: EXIT.access,
        message: `Cannot write ${formerPath}: somebody else writes it again and again.`,
        fix: `See who does, and end it: fuser ${formerPath}`,
      });
    }
  }
}

const MOST_TRIES = 100;

/** false: the path is taken. */
function linkIfThere(existing: string, path: string): boolean {
  try {
    return linkOnce(existing, path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return true;
    }
    throw error;
  }
}
