import { closeSync, fstatSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { Bell } from '../../stores/bell.ts';
import { errorCode } from '../../stores/error-code.ts';
import { openGenerations } from '../../stores/event-generations.ts';
import { linesBackward } from '../../stores/lines-backward.ts';
import { linesHolding } from '../../stores/lines-holding.ts';
import { fileAt, isSameFile, type FileIdentity } from '../../stores/open-file.ts';
import { openRegular } from '../../stores/open-regular.ts';
import { storageError } from '../../stores/storage-error.ts';
import { watchDirectory } from '../../stores/watch-directory.ts';

/**
 * A file of lines and its rotated generations (`.1`, `.2`, …) at one instant: backward from its last whole line, and
 * forward from there on, with no line missing or twice, over rotation and truncation. Need not exist yet.
 */
export class LineHistory {
  readonly #path: string;
  readonly #files: readonly OpenFile[];

  /** Throws AutoloopError 155 where it cannot be read. */
  constructor(path: string) {
    this.#path = path;
    this.#files = openYoungestFirst(path);
  }

  get isEmpty(): boolean {
    return this.#files.every(({ end }) => end === 0);
  }

  /** Youngest first. Costs what is read of it, whatever the files hold. `texts`: only lines that hold one of them. */
  *backward(texts: readonly string[] | null = null): Generator<string> {
    for (const { fd, end } of this.#files) {
      if (texts !== null) {
        for (const { text } of linesHolding(fd, { texts, end })) {
          yield text;
        }
        continue;
      }
      for (const line of linesBackward(fd, end)) {
        if (line.bytes.length > 0) {
          yield line.bytes.toString('utf8');
        }
      }
    }
  }

  /** So many of them at most, oldest first. */
  last(count: number): string[] {
    const found: string[] = [];
    const lines = this.backward();
    for (let line = lines.next(); !line.done && found.length < count; line = lines.next()) {
      found.push(line.value);
    }
    return found.toReversed();
  }

  /** The lines written since this history was opened, and those to come. */
  async *follow(signal: AbortSignal): AsyncGenerator<string> {
    const bell = new Bell();
    const ring = (): void => bell.ring();
    const stopWatching = watchDirectory(dirname(this.#path), ring);
    signal.addEventListener('abort', ring);
    let source: LineSource = this.#files[0] ?? NOWHERE;
    try {
      while (!signal.aborted) {
        yield* source.lines();
        for (const younger of youngerThan(this.#path, source.identity)) {
          yield* source.lines();
          source.close();
          source = younger;
          yield* source.lines();
        }
        await bell.heard();
      }
    } finally {
      signal.removeEventListener('abort', ring);
      stopWatching();
      source.close();
    }
  }

  close(): void {
    for (const file of this.#files) {
      file.close();
    }
  }
}

interface LineSource {
  readonly identity: FileIdentity | null;
  lines(): Iterable<string>;
  close(): void;
}

const NOWHERE: LineSource = { identity: null, lines: () => [], close: () => {} };

function youngerThan(path: string, known: FileIdentity | null): readonly LineSource[] {
  const current = fileAt(path);
  const isKnown = current === null || (known !== null && isSameFile(current, known));
  return isKnown ? [] : openGenerations(path, known);
}

/** One generation: `end` is where its last whole line ended when it was opened. */
class OpenFile implements LineSource {
  readonly fd: number;
  readonly end: number;
  readonly identity: FileIdentity;
  #position: number;
  #unfinished = Buffer.alloc(0);
  #isOpen = true;

  constructor(fd: number) {
    this.fd = fd;
    const { dev, ino, size } = fstatSync(fd, { bigint: true });
    this.identity = { device: dev, inode: ino };
    this.end = endOfLines(fd, Number(size));
    this.#position = this.end;
  }

  *lines(): Generator<string> {
    if (fstatSync(this.fd).size < this.#position) {
      this.#position = 0;
      this.#unfinished = Buffer.alloc(0);
    }
    for (let bytes = this.#readOn(); bytes.length > 0; bytes = this.#readOn()) {
      this.#position += bytes.length;
      const text = Buffer.concat([this.#unfinished, bytes]);
      const end = text.lastIndexOf(NEWLINE) + 1;
      this.#unfinished = Buffer.from(text.subarray(end));
      yield* text.toString('utf8', 0, end).split('\n').slice(0, -1);
    }
  }

  close(): void {
    if (this.#isOpen) {
      this.#isOpen = false;
      closeSync(this.fd);
    }
  }

  #readOn(): Buffer {
    const block = Buffer.alloc(65_536);
    return block.subarray(0, readSync(this.fd, block, 0, block.length, this.#position));
  }
}

const NEWLINE = 10;

/** What follows the last newline is still being written. */
function endOfLines(fd: number, size: number): number {
  for (const line of linesBackward(fd, size)) {
    return line.start;
  }
  return 0;
}

/** Youngest first, so that a rotation in between hides none; a file met twice is taken once. */
function openYoungestFirst(path: string): OpenFile[] {
  const files: OpenFile[] = [];
  for (let generation = 0, missing = 0; missing < 2; generation += 1) {
    const file = openIfThere(generation === 0 ? path : `${path}.${generation}`);
    missing = file === null ? missing + 1 : 0;
    if (file && files.some(({ identity }) => isSameFile(identity, file.identity))) {
      file.close();
    } else if (file) {
      files.push(file);
    }
  }
  return files;
}

function openIfThere(path: string): OpenFile | null {
  try {
    return new OpenFile(openRegular(path, 'r'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return null;
    }
    throw storageError(error, { verb: 'read', path });
  }
}
