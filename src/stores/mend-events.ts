import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { cutTornTail, readTail } from './event-tail.ts';
import { removeFolder } from './kept-file.ts';
import { syncDirectory } from './private-directory.ts';
import type { RecentLines } from './recent-lines.ts';
import { temporaryPath } from './temporary-file.ts';
import { writeWhole } from './write-whole.ts';

export interface DamagedLog {
  readonly path: string;
  /** Open for reading and appending, also where its file has no name any more. */
  readonly fd: number;
  readonly recent: RecentLines;
  /** Number of the last event that was written. */
  readonly lastSeq: number;
  /** Whether the path still leads to the open file. */
  readonly isInPlace: boolean;
  /** Number of the last event of the generations before it, 0: none. */
  readonly formerSeq: () => number;
}

export interface MendedLog {
  readonly fd: number;
  /** What was wrong and what was done. */
  readonly wrong: string;
}

/**
 * Makes the event log what its writer left it to be, from the open file and from memory. What lies before the lines in
 * memory is taken as it is found: nobody knows better. Throws where the disk refuses.
 */
export function mendEvents(log: DamagedLog): MendedLog {
  const { fd, recent, isInPlace } = log;
  const surplus = fstatSync(fd).size - recent.end;
  if (!isInPlace || surplus < 0 || !holdsRecent(fd, recent)) {
    return rebuild(log);
  }
  if (surplus === 0) {
    return { fd, wrong: 'was written to, and is believed as it is found' };
  }
  ftruncateSync(fd, recent.end);
  fsyncSync(fd);
  return { fd, wrong: `had ${surplus} bytes added that are none of ours, and they were taken out` };
}

/** Are the lines in memory in the file, at their place? */
function holdsRecent(fd: number, recent: RecentLines): boolean {
  const { bytes, start } = recent;
  const found = Buffer.alloc(bytes.length);
  return readSync(fd, found, 0, found.length, start) === bytes.length && found.equals(bytes);
}

/** In a new file, so that a crash in between loses nothing more. */
function rebuild(log: DamagedLog): MendedLog {
  const { path, recent } = log;
  const wasShort = fstatSync(log.fd).size < recent.end;
  const temporary = temporaryPath(path);
  const fd = openSync(temporary, 'ax+', 0o600);
  try {
    copyBegin({ from: log.fd, to: fd, length: recent.start });
    const tail = readTail(fd);
    cutTornTail(fd, tail);
    const lastFound = tail.lastSeq ?? log.formerSeq();
    recent.moveTo(fstatSync(fd).size);
    writeWhole(fd, recent.bytes);
    fsyncSync(fd);
    removeFolder(path);
    renameSync(temporary, path);
    syncDirectory(dirname(path));
    const lost = lostWords(lastFound, recent.firstSeq ?? log.lastSeq + 1);
    return { fd, wrong: `${wasCut(log.isInPlace, wasShort)}, and written anew${lost}` };
  } catch (error) {
    closeSync(fd);
    rmSync(temporary, { force: true });
    throw error;
  }
}

function copyBegin({ from, to, length }: { from: number; to: number; length: number }): void {
  const block = Buffer.alloc(Math.min(length, BLOCK_BYTES));
  for (let at = 0; at < length;) {
    const read = readSync(from, block, 0, Math.min(block.length, length - at), at);
    if (read === 0) {
      return;
    }
    writeWhole(to, block.subarray(0, read));
    at += read;
  }
}

const BLOCK_BYTES = 1_000_000;

function wasCut(isInPlace: boolean, wasShort: boolean): string {
  if (!isInPlace) {
    return 'was deleted or replaced';
  }
  return wasShort ? 'was cut short' : 'was changed';
}

/** What was neither in the file nor in memory. */
function lostWords(lastFound: number, firstKnown: number): string {
  return lastFound + 1 < firstKnown
    ? `; the events ${lastFound + 1} to ${firstKnown - 1} are lost`
    : '';
}
