import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RecordedEvent } from '../domain/event.ts';
import type { EventLog } from '../ports/event-log.ts';
import { cutTornTail, readTail, refuseForeignEvents } from './event-tail.ts';
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
  /** Length of the file without what a failed write left behind; null: it left nothing. */
  #wholeBytes: number | null = null;

  /** Throws AutoloopError (153, 155), and 156 where the file is no event log; nothing is cut off then. */
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
      this.#cutOff();
      this.#appendLines(events);
    } catch (error) {
      throw storageError(error, { verb: 'append to', path: this.#path });
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  #appendLines(events: readonly RecordedEvent[]): void {
    const { size } = fstatSync(this.#fd);
    const lastSeq = this.#lastSeq;
    for (const event of events) {
      this.#appendLine(`${JSON.stringify(this.#redactor.redactValue(event))}\n`);
      this.#lastSeq = event.seq;
    }
    try {
      fdatasyncSync(this.#fd);
    } catch (error) {
      this.#lastSeq = lastSeq;
      this.#takeBack(size);
      throw error;
    }
  }

  /** A line that does not fit whole (full disk) leaves nothing of itself. */
  #appendLine(line: string): void {
    const { size } = fstatSync(this.#fd);
    try {
      writeWhole(this.#fd, Buffer.from(line));
    } catch (error) {
      this.#takeBack(size);
      throw error;
    }
  }

  /** What cannot be cut off now, as some file systems need room for that too, is cut off before anything is written. */
  #takeBack(wholeBytes: number): void {
    this.#wholeBytes = wholeBytes;
    try {
      this.#cutOff();
    } catch {
      // The next write tries again; so does the next start.
    }
  }

  #cutOff(): void {
    if (this.#wholeBytes !== null) {
      ftruncateSync(this.#fd, this.#wholeBytes);
      this.#wholeBytes = null;
    }
  }

  /** Whoever renames or removes the file gets a new one begun. */
  #followRotation(): void {
    const { dev, ino } = fstatSync(this.#fd, { bigint: true });
    const current = fileAt(this.#path);
    if (current === null || !isSameFile(current, { device: dev, inode: ino })) {
      const { fd } = openLog(this.#path);
      closeSync(this.#fd);
      this.#fd = fd;
      this.#wholeBytes = null;
    }
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
    refuseForeignEvents(path, tail);
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
  try {
    const fd = openSync(path, 'r');
    try {
      return readTail(fd).lastSeq;
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw storageError(error, { verb: 'read', path });
  }
}
