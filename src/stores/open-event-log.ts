import { closeSync, fdatasyncSync, fstatSync, ftruncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { cutTornTail, readTail, refuseForeignEvents } from './event-tail.ts';
import { findForeignEvents } from './foreign-events.ts';
import { fileAt } from './open-file.ts';
import { openRegular } from './open-regular.ts';
import { syncDirectory } from './private-directory.ts';
import { storageError } from './storage-error.ts';

export interface OpenEventLog {
  readonly fd: number;
  /** null: there is no event in it. */
  readonly lastSeq: number | null;
  /** What a crash had left behind the last whole line; null: nothing. */
  readonly torn: string | null;
  /** How many bytes that are no events of the runner's were cut off. */
  readonly foreignBytes: number;
}

/**
 * Opens `events.ndjson` to go on in it, and cuts off what cannot follow on event `knownSeq`. Throws AutoloopError (153,
 * 155), and 156 where the file is no event log; nothing is cut off then.
 */
export function openEventLog(path: string, knownSeq = 0): OpenEventLog {
  let fd: number | null = null;
  try {
    fd = openRegular(path, 'a+');
    syncDirectory(dirname(path));
    const tail = readTail(fd);
    refuseForeignEvents(path, tail);
    const torn = cutTornTail(fd, tail);
    const foreignBytes = cutForeign(fd, knownSeq);
    return { fd, lastSeq: readTail(fd).lastSeq, torn, foreignBytes };
  } catch (error) {
    if (fd !== null) {
      closeSync(fd);
    }
    throw storageError(error, { verb: 'open', path });
  }
}

function cutForeign(fd: number, knownSeq: number): number {
  const { size } = fstatSync(fd);
  const start = findForeignEvents(fd, knownSeq) ?? size;
  if (start < size) {
    ftruncateSync(fd, start);
    fdatasyncSync(fd);
  }
  return size - start;
}

/** The log may just have been rotated, or emptied by hand: the number goes on from the youngest generation that has one. */
export function lastRotatedSeq(path: string): number {
  // One missing number may be a rotation that a crash cut short.
  for (let generation = 1, missing = 0; missing < 2; generation += 1) {
    const isThere = fileAt(`${path}.${generation}`) !== null;
    missing = isThere ? 0 : missing + 1;
    const lastSeq = isThere ? lastSeqOf(`${path}.${generation}`) : null;
    if (lastSeq !== null) {
      return lastSeq;
    }
  }
  return 0;
}

function lastSeqOf(path: string): number | null {
  try {
    const fd = openRegular(path, 'r');
    try {
      return readTail(fd).lastSeq;
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw storageError(error, { verb: 'read', path });
  }
}
