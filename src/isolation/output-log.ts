import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { errorCode } from '../stores/error-code.ts';
import { writeWhole } from '../stores/write-whole.ts';
import { DiskFloor } from './disk-floor.ts';
import { PartialLine } from './partial-line.ts';

/** One stream's way into the log. */
export interface LogChannel {
  write(bytes: Uint8Array): void;
  /** Writes what waits for the end of its line. */
  end(): void;
}

/**
 * The iteration's log, appended to: whole lines of several streams, in the order they were completed. A line of more
 * than 64 KiB is written in parts; where another stream has something to say in between, it gets a line of its own.
 * Writes at once, so that nothing waits in memory and the agent is slowed to what the disk takes. Once it cannot be
 * written, or its disk is at the floor, it takes everything and keeps nothing.
 */
export class OutputLog {
  readonly #floor: DiskFloor;
  #fd: number | null = null;
  #failure: string | null = null;
  /** Whose unfinished line stands at the end of the file. */
  #unfinished: LogChannel | 'former' | null = null;

  constructor(path: string, floor = new DiskFloor({ path, minFreeMb: 0 })) {
    this.#floor = floor;
    this.#attempt(() => {
      this.#fd = openSync(path, 'a+', 0o600);
      this.#unfinished = endsInsideLine(this.#fd) ? 'former' : null;
    });
  }

  /** What keeps it from being written, as the system names it; null: nothing. */
  get failure(): string | null {
    return this.#failure;
  }

  channel(): LogChannel {
    const partial = new PartialLine(LONGEST_HELD);
    const channel: LogChannel = {
      write: (bytes) => this.#append(channel, partial.push(bytes)),
      end: () => this.#append(channel, partial.take()),
    };
    return channel;
  }

  close(): void {
    const fd = this.#fd;
    this.#fd = null;
    if (fd !== null) {
      this.#attempt(() => closeSync(fd));
    }
  }

  #append(channel: LogChannel, bytes: Uint8Array): void {
    const fd = this.#fd;
    if (fd === null || bytes.length === 0) {
      return;
    }
    if (!this.#floor.hasRoomFor(bytes.length)) {
      this.#endAtFloor(fd);
      return;
    }
    this.#attempt(() => {
      if (this.#unfinished !== null && this.#unfinished !== channel) {
        writeWhole(fd, LINE_END);
      }
      writeWhole(fd, bytes);
      this.#unfinished = bytes.at(-1) === NEWLINE ? null : channel;
    });
  }

  #endAtFloor(fd: number): void {
    this.#failure = `less than ${this.#floor.minFreeMb} MB were free`;
    this.#attempt(() => {
      const begin = this.#unfinished === null ? '' : '\n';
      writeWhole(fd, Buffer.from(`${begin}[autoloop: the log ends here, ${this.#failure}]\n`));
    });
    this.close();
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#failure ??= errorCode(error) ?? String(error);
      this.close();
    }
  }
}

const LONGEST_HELD = 64 * 1024;
const NEWLINE = 0x0a;
const LINE_END = Buffer.from('\n');

/** A former attempt may have ended in the middle of a line. */
function endsInsideLine(fd: number): boolean {
  const last = Buffer.alloc(1);
  const { size } = fstatSync(fd);
  return size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last[0] !== NEWLINE;
}
