import { existsSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataPaths, type DataPaths } from './data-paths.ts';
import { createFileOnce } from './durable-file.ts';
import { makePrivateDirectory } from './private-directory.ts';
import { storageError } from './storage-error.ts';
import { removeStaleTemporaries } from './temporary-file.ts';

/**
 * The data folder of a loop, ready to be written: created where missing, private, hidden from git, and tried out.
 * A link is followed. Throws AutoloopError 155 where it cannot be written, 153 where the disk is full.
 */
export function openDataDirectory(path: string): DataPaths {
  const paths = dataPaths(existsSync(path) ? realpathSync(path) : path);
  makePrivateDirectory(paths.directory);
  createFileOnce(paths.ignore, '*\n');
  tryOut(paths.directory);
  return paths;
}

/** A file is written and given a second name, as claims and results are: not every file system can. */
function tryOut(directory: string): void {
  const probe = join(directory, `.probe.${process.pid}`);
  try {
    createFileOnce(probe, '');
    rmSync(probe, { force: true });
    removeStaleTemporaries(directory);
  } catch (error) {
    throw storageError(error, { verb: 'write into', path: directory });
  }
}
