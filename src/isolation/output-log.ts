import { errorCode } from '../stores/error-code.ts';
import { CappedFile } from './capped-file.ts';
import { DiskFloor } from './disk-floor.ts';
import { PartialLine } from './partial-line.ts';

/** One stream's way into the log. */
export interface LogChannel {
  write(bytes: Uint8Array): void;
  /** Writes what waits for the end of its line. */
  end(): void;
}

export interface OutputLogLimits {
  readonly floor?: DiskFloor;
  /** Of the file; beyond it, its middle is left out. 0: no limit. */
  readonly maxBytes?: number;
}

/**
 * The iteration's log, appended to: whole lines of several streams, in the order they were completed. A line of more
 * than 64 KiB is written in parts; where another stream has something to say in between, it gets a line of its own.
 * Writes at once, so that nothing waits in memory and the agent is slowed to what the disk takes. Once it cannot be
 * written, or its disk is at the floor, it takes everything and keeps nothing.
 */
export class OutputLog {
  readonly #floor: DiskFloor;
  #file: CappedFile | null = null;
  #failure: string | null = null;
  /** Whose unfinished line stands at the end of the file. */
  #unfinished: LogChannel | 'former' | null = null;

  constructor(path: string, { floor, maxBytes = 0 }: OutputLogLimits = {}) {
    this.#floor = floor ?? new DiskFloor({ path, minFreeMb: 0 });
    this.#attempt(() => {
      this.#file = new CappedFile(path, maxBytes);
      // A former attempt may have ended in the middle of a line.
      this.#unfinished = this.#file.endsInsideLine ? 'former' : null;
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
    const file = this.#file;
    this.#file = null;
    if (file !== null) {
      this.#attempt(() => file.close());
    }
  }

  #append(channel: LogChannel, bytes: Uint8Array): void {
    const file = this.#file;
    if (file === null || bytes.length === 0) {
      return;
    }
    if (!this.#floor.hasRoomFor(bytes.length)) {
      this.#endAtFloor(file);
      return;
    }
    this.#attempt(() => {
      if (this.#unfinished !== null && this.#unfinished !== channel) {
        file.write(LINE_END);
      }
      file.write(bytes);
      this.#unfinished = bytes.at(-1) === NEWLINE ? null : channel;
    });
  }

  #endAtFloor(file: CappedFile): void {
    this.#failure = `less than ${this.#floor.minFreeMb} MB were free`;
    this.#attempt(() => {
      const begin = this.#unfinished === null ? '' : '\n';
      file.write(Buffer.from(`${begin}[autoloop: the log ends here, ${this.#failure}]\n`));
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
