import { closeSync, fsyncSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { markOf, type FileMark } from './file-mark.ts';
import { writeWhole } from './write-whole.ts';

/** A file to be: its final path and all it will hold. */
export interface FileContent {
  readonly path: string;
  readonly data: string | Uint8Array;
  /** false: a power loss may take it. */
  readonly isDurable?: boolean;
}

/**
 * Puts the data beside its final path, hands it to `use` with the mark it keeps when it is renamed, and leaves no
 * temporary behind, whatever `use` does.
 */
export function withTemporary<Result>(
  content: FileContent,
  use: (temporary: string, mark: FileMark) => Result,
): Result {
  const temporary = temporaryPath(content.path);
  try {
    return use(temporary, write(temporary, content));
  } finally {
    removeQuietly(temporary);
  }
}

/** Removes what killed writers left in the folder. Only old ones: a young one may be in use. */
export function removeStaleTemporaries(directory: string): void {
  const youngestMs = Date.now() - STALE_AFTER_MS;
  for (const name of readdirSync(directory).filter((entry) => TEMPORARY.test(entry))) {
    const path = join(directory, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && found.mtimeMs < youngestMs) {
      rmSync(path, { force: true });
    }
  }
}

const STALE_AFTER_MS = 3_600_000;
const TEMPORARY = /^\..+\.\d+\.[0-9a-z]+\.tmp$/;

/** Beside the path, known to `removeStaleTemporaries`. Two processes may have one pid, each in its own pid namespace: hence the nanoseconds. */
export function temporaryPath(path: string): string {
  const unique = `${process.pid}.${process.hrtime.bigint().toString(36)}`;
  return join(dirname(path), `.${basename(path)}.${unique}.tmp`);
}

function write(path: string, { data, isDurable = true }: FileContent): FileMark {
  const fd = openSync(path, 'wx', 0o600);
  try {
    writeWhole(fd, typeof data === 'string' ? Buffer.from(data) : data);
    if (isDurable) {
      fsyncSync(fd);
    }
    return markOf(fd);
  } finally {
    closeSync(fd);
  }
}

/** What made the writing fail matters more than what makes the tidying fail. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Left behind; removeStaleTemporaries comes by.
  }
}
