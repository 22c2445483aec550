import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RecordedEvent } from '../domain/event.ts';
import type { EventLog } from '../ports/event-log.ts';
import { cutTornTail, readTail } from './event-tail.ts';
import { fileAt, isSameFile } from './open-file.ts';
import { syncDirectory } from './private-directory.ts';
import type { Redacting } from './redacting.ts';
import { storageError } from './storage-error.ts';
import { writeWhole } from './write-whole.ts';

export interface EventLogFile {
  /** `events.ndjson`, absolute. */
  readonly path: string;
  readonly redactor: Redacting;
}

/** `events.ndjson`: a whole line per event whatever happens, appended for ever. */
export class NdjsonEventLog implements EventLog {
  /** What a crash had left behind the last whole line and opening cut off; null: nothing. */
  readonly repaired: string | null;
  readonly #path: string;
  readonly #redactor: Redacting;
  #fd: number;
  #lastSeq: number;

  /** Throws AutoloopError (153, 155). */
  constructor({ path, redactor }: EventLogFile) {
    this.#path = path;
    this.#redactor = redactor;
    const opened = openLog(path);
    this.#fd = opened.fd;
    this.repaired = opened.torn;
    this.#lastSeq = opened.lastSeq ?? lastRotatedSeq(path);
  }

  lastSeq(): number {
    return this.#lastSeq;
  }

  append(events: readonly RecordedEvent[]): void {
    if (events.length === 0) {
      return;
    }
    try {
      this.#followRotation();
      for (const event of events) {
        appendLine(this.#fd, `${JSON.stringify(this.#redactor.redactValue(event))}\n`);
        this.#lastSeq = event.seq;
      }
      fdatasyncSync(this.#fd);
    } catch (error) {
      throw storageError(error, { verb: 'append to', path: this.#path });
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  /** Whoever renames or removes the file gets a new one begun. */
  #followRotation(): void {
    const { dev, ino } = fstatSync(this.#fd, { bigint: true });
    const current = fileAt(this.#path);
    if (current === null || !isSameFile(current, { device: dev, inode: ino })) {
      const { fd } = openLog(this.#path);
      closeSync(this.#fd);
      this.#fd = fd;
    }
  }
}

/** A line that does not fit whole (full disk) leaves nothing of itself. */
function appendLine(fd: number, line: string): void {
  const { size } = fstatSync(fd);
  try {
    writeWhole(fd, Buffer.from(line));
  } catch (error) {
    ftruncateSync(fd, size);
    throw error;
  }
}

interface OpenLog {
  readonly fd: number;
  readonly lastSeq: number | null;
  readonly torn: string | null;
}

function openLog(path: string): OpenLog {
  let fd: number | null = null;
  try {
    fd = openSync(path, 'a+', 0o600);
    syncDirectory(dirname(path));
    const tail = readTail(fd);
    return { fd, lastSeq: tail.lastSeq, torn: cutTornTail(fd, tail) };
  } catch (error) {
    if (fd !== null) {
      closeSync(fd);
    }
    throw storageError(error, { verb: 'open', path });
  }
}

/** The log may just have been rotated, or emptied by hand: the number goes on from the youngest generation that has one. */
function lastRotatedSeq(path: string): number {
  for (let generation = 1; fileAt(`${path}.${generation}`) !== null; generation += 1) {
    const lastSeq = lastSeqOf(`${path}.${generation}`);
    if (lastSeq !== null) {
      return lastSeq;
    }
  }
  return 0;
}

function lastSeqOf(path: string): number | null {
  const fd = openSync(path, 'r');
  try {
    return readTail(fd).lastSeq;
  } finally {
    closeSync(fd);
  }
}
