import { chmodSync, closeSync, fsyncSync, lstatSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { errorCode } from './error-code.ts';
import { insist } from './insist.ts';
import { storageError } from './storage-error.ts';

/**
 * Makes the folder, and missing ones above it, with mode 0700; an existing one is closed to others.
 * Somebody may be removing them meanwhile. Throws AutoloopError 155 where it is a link, no folder or another user's,
 * 153 where the disk is full.
 */
export function makePrivateDirectory(path: string): void {
  try {
    insist(
      () => {
        makeDirectory(path);
        closeToOthers(path);
      },
      (error) => errorCode(error) === 'ENOENT',
    );
  } catch (error) {
    throw storageError(error, { verb: 'make the folder', path });
  }
}

/** Makes what was created, renamed or removed in the folder outlast a power loss. */
export function syncDirectory(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function makeDirectory(path: string): void {
  const missing = mkdirUnlessThere(path) === 'no parent' && dirname(path) !== path;
  if (missing) {
    makeDirectory(dirname(path));
    mkdirUnlessThere(path);
  }
}

function mkdirUnlessThere(path: string): 'made' | 'there' | 'no parent' {
  try {
    mkdirSync(path, 0o700);
  } catch (error) {
    switch (errorCode(error)) {
      case 'EEXIST':
        return 'there';
      case 'ENOENT':
        return 'no parent';
      default:
        throw error;
    }
  }
  syncDirectory(dirname(path));
  return 'made';
}

function closeToOthers(path: string): void {
  const found = lstatSync(path);
  if (!found.isDirectory() || found.uid !== process.geteuid?.()) {
    const what = found.isDirectory() ? `it belongs to user ${found.uid}` : 'it is no folder';
    throw new AutoloopError({
      code: EXIT.access,
      message: `Cannot use ${path} as a private folder: ${what}.`,
      fix: `Remove it, or take another folder with --data: ls -ld ${path}`,
    });
  }
  if ((found.mode & 0o077) !== 0) {
    chmodSync(path, 0o700);
  }
}
