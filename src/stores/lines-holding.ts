import { fstatSync, readSync } from 'node:fs';

export interface FoundLine {
  /** Where it begins in the file. */
  readonly start: number;
  readonly text: string;
}

export interface LineSearch {
  /** A line that holds one of them is found. */
  readonly texts: readonly string[];
  /** Where in the file to begin; default: at its end. */
  readonly end?: number;
}

/**
 * The whole lines of a file that hold one of some texts, from last to first. Only they are decoded: what is passed
 * over costs next to nothing. A line that is still being written is none yet. Holds one block in memory.
 */
export function* linesHolding(fd: number, search: LineSearch): Generator<FoundLine> {
  const { texts } = search;
  let end = search.end ?? fstatSync(fd).size;
  let room = Buffer.alloc(0);
  for (let length = FIRST_BLOCK_BYTES; end > 0;) {
    const start = Math.max(0, end - length);
    room = room.length < end - start ? Buffer.allocUnsafeSlow(end - start) : room;
    const block = fillFrom(fd, { start, room: room.subarray(0, end - start) });
    // What comes before the first newline began in an older block.
    const first = start === 0 ? 0 : block.indexOf(NEWLINE) + 1;
    const last = block.lastIndexOf(NEWLINE) + 1;
    for (const line of spansHolding(block.subarray(0, last), { texts, first }).toReversed()) {
      yield { start: start + line.start, text: block.toString('utf8', line.start, line.end - 1) };
    }
    const isWithinALine = start > 0 && (first === 0 || first === block.length);
    length = Math.min(length * 2, isWithinALine ? Number.POSITIVE_INFINITY : BLOCK_BYTES);
    end = isWithinALine ? end : start + first;
  }
}

/** Small at first: who wants the last ten lines reads no megabytes. */
const FIRST_BLOCK_BYTES = 131_072;
const BLOCK_BYTES = 4_194_304;
const NEWLINE = 10;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** In their order in the block; each once. */
function spansHolding(
  block: Buffer,
  { texts, first }: { readonly texts: readonly string[]; readonly first: number },
): Span[] {
  const found = new Map<number, Span>();
  for (const text of texts) {
    let at = block.indexOf(text, first);
    while (at !== -1) {
      const end = block.indexOf(NEWLINE, at) + 1;
      const start = block.lastIndexOf(NEWLINE, at) + 1;
      found.set(start, { start, end });
      at = block.indexOf(text, end);
    }
  }
  const spans = [...found.values()];
  return texts.length === 1 ? spans : spans.toSorted((left, right) => left.start - right.start);
}

/** Shorter than the room for it where the file was cut short meanwhile. */
function fillFrom(fd: number, { start, room }: { start: number; room: Buffer }): Buffer {
  let filled = 0;
  for (let read = 1; read > 0 && filled < room.length; filled += read) {
    read = readSync(fd, room, filled, room.length - filled, start + filled);
  }
  return room.subarray(0, filled);
}
