import { closeSync, fdatasyncSync, fstatSync, ftruncateSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RecordedEvent } from '../domain/event.ts';
import type { Rotation } from '../domain/rotation.ts';
import type { EventLog } from '../ports/event-log.ts';
import { despiteRemoval } from './despite-removal.ts';
import { isSameMark, markAt, markOf, type FileMark } from './file-mark.ts';
import { mendEvents } from './mend-events.ts';
import { lastRotatedSeq, openEventLog } from './open-event-log.ts';
import { RecentLines } from './recent-lines.ts';
import type { Redacting } from './redacting.ts';
import { rotateFile } from './rotate-file.ts';
import { storageError } from './storage-error.ts';
import { writeWhole } from './write-whole.ts';

export interface EventLogFile {
  /** `events.ndjson`, absolute. */
  readonly path: string;
  readonly redactor: Redacting;
  /** Number of the last event that the snapshot knows of; what cannot follow on it is cut off. 0: it knows of none. */
  readonly knownSeq?: number;
}

interface Line {
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/** `events.ndjson`: a whole line per event whatever happens, appended for ever. */
export class NdjsonEventLog implements EventLog {
  /** What a crash had left behind the last whole line and opening cut off; null: nothing. */
  readonly repaired: string | null;
  /** How many bytes that are no events of the runner's were cut off behind the known ones. */
  readonly foreignBytes: number;
  readonly #path: string;
  readonly #redactor: Redacting;
  #fd: number;
  #lastSeq: number;
  /** Length of the file without what a failed write left behind; null: it left nothing. */
  #wholeBytes: number | null = null;
  #recent: RecentLines;
  /** Of the file after the last write of ours. */
  #mark: FileMark;
  #wrong: string | null = null;

  /** Throws AutoloopError (153, 155), and 156 where the file is no event log; nothing is cut off then. */
  constructor({ path, redactor, knownSeq = 0 }: EventLogFile) {
    this.#path = path;
    this.#redactor = redactor;
    const opened = openEventLog(path, knownSeq);
    this.#fd = opened.fd;
    this.repaired = opened.torn;
    this.foreignBytes = opened.foreignBytes;
    this.#lastSeq = opened.lastSeq ?? lastRotatedSeq(path);
    this.#mark = markOf(this.#fd);
    this.#recent = new RecentLines(this.#mark.size);
  }

  lastSeq(): number {
    return this.#lastSeq;
  }

  append(events: readonly RecordedEvent[]): void {
    if (events.length === 0) {
      return;
    }
    try {
      this.#cutOff();
      this.#look();
      this.#appendLines(events);
    } catch (error) {
      throw storageError(error, { verb: 'append to', path: this.#path });
    } finally {
      this.#mark = markOf(this.#fd);
    }
  }

  bytes(): number {
    return fstatSync(this.#fd).size;
  }

  /** Begins a new file; the numbers go on. null: there is nothing to rotate. Throws AutoloopError (153, 155). */
  rotate(keep: number): Rotation | null {
    const rotation = rotateFile(this.#path, keep);
    if (rotation !== null) {
      this.#beginNext();
      this.#mark = markOf(this.#fd);
    }
    return rotation;
  }

  /** Takes back what others did to the file; what that was, null: nothing. Throws AutoloopError (153, 155). */
  mend(): string | null {
    try {
      this.#look();
    } catch (error) {
      throw storageError(error, { verb: 'mend', path: this.#path });
    }
    const wrong = this.#wrong;
    this.#wrong = null;
    return wrong;
  }

  close(): void {
    closeSync(this.#fd);
  }

  #appendLines(events: readonly RecordedEvent[]): void {
    const { size } = fstatSync(this.#fd);
    const written: Line[] = [];
    try {
      events.forEach((event) => written.push(this.#appendLine(event)));
    } catch (error) {
      this.#note(written);
      throw error;
    }
    try {
      fdatasyncSync(this.#fd);
    } catch (error) {
      this.#takeBack(size);
      throw error;
    }
    this.#note(written);
  }

  /** A line that does not fit whole (full disk) leaves nothing of itself. */
  #appendLine(event: RecordedEvent): Line {
    const { size } = fstatSync(this.#fd);
    const bytes = Buffer.from(`${JSON.stringify(this.#redactor.redactValue(event))}\n`);
    try {
      writeWhole(this.#fd, bytes);
    } catch (error) {
      this.#takeBack(size);
      throw error;
    }
    return { seq: event.seq, bytes };
  }

  #note(written: readonly Line[]): void {
    for (const { seq, bytes } of written) {
      this.#recent.add(seq, bytes);
      this.#lastSeq = seq;
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
      this.#mark = markOf(this.#fd);
    }
  }

  #look(): void {
    const current = markAt(this.#path);
    const isOurs = isSameMark(current, this.#mark) && this.#mark.size === this.#recent.end;
    if (isOurs) {
      return;
    }
    const isInPlace = current !== null && isSamePlace(current, this.#mark);
    if (!isInPlace && this.#wasRotated()) {
      this.#beginNext();
    } else {
      this.#mend(isInPlace);
    }
    this.#mark = markOf(this.#fd);
  }

  #mend(isInPlace: boolean): void {
    const mended = despiteRemoval(dirname(this.#path), () =>
      mendEvents({
        path: this.#path,
        fd: this.#fd,
        recent: this.#recent,
        lastSeq: this.#lastSeq,
        isInPlace,
        formerSeq: () => lastRotatedSeq(this.#path),
      }),
    );
    this.#wrong = mended.wrong;
    this.#goOnIn(mended.fd);
  }

  /** Whoever renames the file, as a rotation does, gets a new one begun. */
  #beginNext(): void {
    this.#goOnIn(openEventLog(this.#path).fd);
    this.#recent = new RecentLines(markOf(this.#fd).size);
  }

  #goOnIn(fd: number): void {
    if (fd !== this.#fd) {
      closeSync(this.#fd);
      this.#fd = fd;
      this.#wholeBytes = null;
    }
  }

  #wasRotated(): boolean {
    for (let generation = 1; ; generation += 1) {
      const found = markAt(`${this.#path}.${generation}`);
      if (found === null || isSamePlace(found, this.#mark)) {
        return found !== null;
      }
    }
  }
}

function isSamePlace(left: FileMark, right: FileMark): boolean {
  return left.inode === right.inode && left.device === right.device;
}
