import { readSync } from 'node:fs';

export interface BackwardLine {
  /** Where it begins in the file. */
  readonly start: number;
  /** Without its newline. */
  readonly bytes: Buffer;
  /** false only for what follows the last newline, which comes first and is mostly empty. */
  readonly ended: boolean;
}

/** The lines of a file from last to first. Holds one block and one line in memory. */
export function* linesBackward(fd: number, size: number): Generator<BackwardLine> {
  let position = size;
  let blockBytes = BLOCK_BYTES;
  let pending = Buffer.alloc(0);
  let ended = false;
  while (position > 0) {
    const bytes = readBlock(fd, { end: position, length: Math.min(blockBytes, position) });
    position -= bytes.length;
    pending = Buffer.concat([bytes, pending]);
    // Larger and larger blocks within one line, or a line of 50 MB would be copied hundreds of times.
    blockBytes = bytes.includes(NEWLINE) ? BLOCK_BYTES : blockBytes * 2;
    for (let at = pending.lastIndexOf(NEWLINE); at !== -1; at = pending.lastIndexOf(NEWLINE)) {
      yield { start: position + at + 1, bytes: pending.subarray(at + 1), ended };
      ended = true;
      pending = pending.subarray(0, at);
    }
  }
  yield { start: 0, bytes: pending, ended };
}

const BLOCK_BYTES = 65_536;
const NEWLINE = 10;

function readBlock(fd: number, { end, length }: { end: number; length: number }): Buffer {
  const block = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const read = readSync(fd, block, filled, length - filled, end - length + filled);
    if (read === 0) {
      throw new Error('The file was cut short while it was read');
    }
    filled += read;
  }
  return block;
}
