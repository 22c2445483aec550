import { fstatSync, fsyncSync, ftruncateSync, readSync } from 'node:fs';
import { linesBackward, type BackwardLine } from './lines-backward.ts';
import { parseJson } from './parse-json.ts';
import { isCount, isRecord } from './shape.ts';
import { damagedFileError } from './state-error.ts';

export interface EventTail {
  /** null: no event in this file. */
  readonly lastSeq: number | null;
  /** Length of the file without what a crash left behind its last whole line. */
  readonly wholeBytes: number;
  /** How many of its lines have an end all the same. */
  readonly tornEnds: number;
}

/** Reads from the end back to the last event. Malformed lines in between are passed over. */
export function readTail(fd: number): EventTail {
  const { size } = fstatSync(fd);
  let wholeBytes = size;
  let tornEnds = 0;
  for (const line of linesBackward(fd, size)) {
    const seq = seqIn(line);
    if (typeof seq === 'number') {
      return { lastSeq: seq, wholeBytes, tornEnds };
    }
    if (seq === 'torn' && endOf(line) === wholeBytes) {
      wholeBytes = line.start;
      tornEnds += line.ended ? 1 : 0;
    }
  }
  return { lastSeq: null, wholeBytes, tornEnds };
}

/** 156: whole lines, and not one event: something else has been written there. */
export function refuseForeignEvents(
  path: string,
  { lastSeq, wholeBytes, tornEnds }: EventTail,
): void {
  if (lastSeq === null && wholeBytes === 0 && tornEnds > 0) {
    throw damagedFileError(path, 'not one line of it is an event');
  }
}

/** Cuts the file after its last whole line; returns what was cut, null when nothing. `fd` is open for reading and writing. */
export function cutTornTail(fd: number, { wholeBytes }: EventTail): string | null {
  const torn = Buffer.alloc(fstatSync(fd).size - wholeBytes);
  if (torn.length === 0) {
    return null;
  }
  readSync(fd, torn, 0, torn.length, wholeBytes);
  ftruncateSync(fd, wholeBytes);
  fsyncSync(fd);
  return torn.toString('utf8');
}

/** `torn`: no newline or no JSON, as after a power loss; `foreign`: whole, but no event. */
function seqIn(line: BackwardLine): number | 'torn' | 'foreign' {
  if (!line.ended) {
    return 'torn';
  }
  const value = parseJson(line.bytes.toString('utf8'));
  if (value === undefined) {
    return 'torn';
  }
  return isRecord(value) && isCount(value['seq']) ? value['seq'] : 'foreign';
}

function endOf(line: BackwardLine): number {
  return line.start + line.bytes.length + (line.ended ? 1 : 0);
}
