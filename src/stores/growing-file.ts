import { closeSync, fstatSync, readSync } from 'node:fs';
import { errorCode } from './error-code.ts';
import type { FileIdentity } from './open-file.ts';
import { openRegular } from './open-regular.ts';
import { storageError } from './storage-error.ts';

/** Reads a file's whole lines, and later those added since; under whatever name it goes by then. */
export class GrowingFile {
  readonly identity: FileIdentity;
  readonly fd: number;
  #position = 0;
  /** Of the last line, which has no end yet: put together once, or one of many megabytes would be copied for each block. */
  #unfinished: Buffer[] = [];

  constructor(fd: number) {
    this.fd = fd;
    const { dev, ino } = fstatSync(fd, { bigint: true });
    this.identity = { device: dev, inode: ino };
  }

  /** Lines not yet given out. The last one waits for its newline. A file cut short begins anew. */
  *lines(): Generator<string> {
    if (fstatSync(this.fd).size < this.#position) {
      this.#position = 0;
      this.#unfinished = [];
    }
    for (let bytes = this.#readOn(); bytes.length > 0; bytes = this.#readOn()) {
      this.#position += bytes.length;
      const [first = bytes, ...others] = splitLines(bytes);
      this.#unfinished.push(first);
      const last = others.pop();
      if (last) {
        const lines = [Buffer.concat(this.#unfinished), ...others];
        this.#unfinished = [Buffer.from(last)];
        yield* lines.map((line) => line.toString('utf8'));
      }
    }
  }

  /** null: there is none yet, or it is longer than one block. */
  firstLine(): string | null {
    const block = readBlock(this.fd, 0);
    const end = block.indexOf(NEWLINE);
    return end === -1 ? null : block.toString('utf8', 0, end);
  }

  close(): void {
    closeSync(this.fd);
  }

  #readOn(): Buffer {
    return readBlock(this.fd, this.#position);
  }
}

/** null: there is none. Throws AutoloopError 155 where it cannot be read. */
export function openGrowingFile(path: string): GrowingFile | null {
  try {
    return new GrowingFile(openRegular(path, 'r'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return null;
    }
    throw storageError(error, { verb: 'read', path });
  }
}

const BLOCK_BYTES = 65_536;
const NEWLINE = 10;

function readBlock(fd: number, position: number): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  return block.subarray(0, readSync(fd, block, 0, BLOCK_BYTES, position));
}

/** The last one is what follows the last newline. */
function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return [...lines, bytes.subarray(start)];
}
