import { closeSync, fstatSync, ftruncateSync, lstatSync, rmSync, writeSync } from 'node:fs';
import { openRegular } from '../stores/open-regular.ts';

/**
 * A file of lines, appended to. Never throws: a line that cannot be written whole leaves nothing of itself and is
 * counted, and the next one that can be has a line before it that says how many are missing.
 */
export class LogFile {
  readonly #path: string;
  readonly #gapLine: (missing: number) => string;
  #fd: number | null = null;
  #missing = 0;

  constructor(path: string, gapLine: (missing: number) => string) {
    this.#path = path;
    this.#gapLine = gapLine;
    try {
      this.#fd = openRegular(path, 'a');
    } catch {
      // The first line tries again.
    }
  }

  write(line: string): void {
    try {
      const gap = this.#missing === 0 ? '' : this.#gapLine(this.#missing);
      appendWhole((this.#fd ??= openRegular(this.#path, 'a')), gap + line);
      this.#missing = 0;
    } catch {
      this.#missing += 1;
    }
  }

  bytes(): number {
    return this.#fd === null ? 0 : fstatSync(this.#fd).size;
  }

  /** Goes on in a new file of that name; the old one was renamed. */
  reopen(): void {
    this.close();
    this.#fd = openRegular(this.#path, 'a');
  }

  /** Begins the file anew where somebody took it away; whether somebody had. Never throws. */
  mend(): boolean {
    try {
      const isThere =
        this.#fd === null ||
        fstatSync(this.#fd).ino === lstatSync(this.#path, { throwIfNoEntry: false })?.ino;
      if (!isThere) {
        this.close();
        removeUnlessFile(this.#path);
        this.#fd = openRegular(this.#path, 'a');
      }
      return !isThere;
    } catch {
      return false;
    }
  }

  close(): void {
    const fd = this.#fd;
    this.#fd = null;
    if (fd !== null) {
      closeSync(fd);
    }
  }
}

function removeUnlessFile(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false) {
    rmSync(path, { recursive: true, force: true });
  }
}

function appendWhole(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  let written = writeSync(fd, bytes);
  try {
    while (written < bytes.length) {
      written += writeSync(fd, bytes, written);
    }
  } catch (error) {
    ftruncateSync(fd, fstatSync(fd).size - written);
    throw error;
  }
}
