import { closeSync, existsSync, fstatSync, readSync, rmSync, statSync } from 'node:fs';
import { openRegular } from '../stores/open-regular.ts';
import { outputTails } from '../stores/output-files.ts';
import { writeWhole } from '../stores/write-whole.ts';

/**
 * A file that is appended to, of which the head and the tail are kept: what comes when half of its room is taken goes to
 * two files beside it by turns, each a quarter, and follows the head when it is closed, behind a line that says how much
 * was left out. So the file itself only ever grows, and whoever follows it misses nothing of what it keeps. What a killed
 * process left beside it is put behind it by the next one. Throws as the file system does.
 */
export class CappedFile {
  readonly #path: string;
  readonly #maxBytes: number;
  readonly #fd: number;
  #headBytes: number;
  #tail: Tail | null = null;

  /** `maxBytes` 0: no cap. */
  constructor(path: string, maxBytes: number) {
    this.#path = path;
    this.#maxBytes = maxBytes;
    this.#fd = openRegular(path, 'a+');
    if (maxBytes > 0) {
      this.#joinLeftBehind();
    }
    this.#headBytes = fstatSync(this.#fd).size;
  }

  get endsInsideLine(): boolean {
    return endsInsideLine(this.#fd);
  }

  write(bytes: Uint8Array): void {
    const hasRoom = this.#headBytes + bytes.length <= this.#maxBytes / 2;
    if (this.#maxBytes === 0 || (this.#tail === null && hasRoom)) {
      writeWhole(this.#fd, bytes);
      this.#headBytes += bytes.length;
    } else {
      this.#tail ??= new Tail(outputTails(this.#path), this.#maxBytes / 4);
      this.#tail.write(bytes);
    }
  }

  close(): void {
    try {
      if (this.#tail !== null) {
        const { omittedBytes } = this.#tail;
        const order = this.#tail.close();
        this.#join(order, omittedBytes);
      }
    } finally {
      closeSync(this.#fd);
    }
  }

  #joinLeftBehind(): void {
    const left = outputTails(this.#path).filter((path) => existsSync(path));
    if (left.length > 0) {
      const byAge = left.toSorted((one, other) => statSync(one).mtimeMs - statSync(other).mtimeMs);
      this.#join(byAge, null);
    }
  }

  /** `omittedBytes` null: nobody counted. */
  #join(segments: readonly string[], omittedBytes: number | null): void {
    if (omittedBytes !== 0) {
      const begin = endsInsideLine(this.#fd) ? '\n' : '';
      const amount = omittedBytes === null ? 'some output was' : `${omittedBytes} bytes were`;
      writeWhole(this.#fd, Buffer.from(`${begin}[autoloop: ${amount} left out here]\n`));
    }
    segments.forEach((path) => copyOnto(this.#fd, path));
    segments.forEach((path) => rmSync(path, { force: true }));
  }
}

/** Two files by turns: together they hold at least the last `segmentBytes`. */
class Tail {
  readonly #paths: readonly [string, string];
  readonly #segmentBytes: number;
  readonly #fds: [number, number];
  readonly #sizes: [number, number] = [0, 0];
  #current: 0 | 1 = 0;
  #omittedBytes = 0;

  constructor(paths: readonly [string, string], segmentBytes: number) {
    this.#paths = paths;
    this.#segmentBytes = segmentBytes;
    this.#fds = [openRegular(paths[0], 'w'), openRegular(paths[1], 'w')];
  }

  get omittedBytes(): number {
    return this.#omittedBytes;
  }

  write(bytes: Uint8Array): void {
    const isFull = this.#sizes[this.#current] + bytes.length > this.#segmentBytes;
    if (isFull && this.#sizes[this.#current] > 0) {
      this.#turn();
    }
    writeWhole(this.#fds[this.#current], bytes);
    this.#sizes[this.#current] += bytes.length;
  }

  /** Their paths, the older one first. */
  close(): readonly string[] {
    this.#fds.forEach((fd) => closeSync(fd));
    return this.#current === 0 ? this.#paths.toReversed() : this.#paths;
  }

  #turn(): void {
    this.#current = this.#current === 0 ? 1 : 0;
    this.#omittedBytes += this.#sizes[this.#current];
    this.#sizes[this.#current] = 0;
    closeSync(this.#fds[this.#current]);
    this.#fds[this.#current] = openRegular(this.#paths[this.#current], 'w');
  }
}

const BLOCK_BYTES = 1_048_576;
const NEWLINE = 0x0a;

function copyOnto(target: number, path: string): void {
  const source = openRegular(path, 'r');
  try {
    const block = Buffer.alloc(Math.min(BLOCK_BYTES, fstatSync(source).size));
    for (let count = -1; count !== 0 && block.length > 0;) {
      count = readSync(source, block);
      writeWhole(target, block.subarray(0, count));
    }
  } finally {
    closeSync(source);
  }
}

function endsInsideLine(fd: number): boolean {
  const last = Buffer.alloc(1);
  const { size } = fstatSync(fd);
  return size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last[0] !== NEWLINE;
}
