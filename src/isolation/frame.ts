import type { AttemptOrder } from '../domain/attempt.ts';
import { parseJson } from '../stores/parse-json.ts';
import { isAttemptOrder } from './attempt-order.ts';

/** The order as the isolation layer reads it on its stdin: `AUTOLOOP1 <byte length>\n`, then the JSON. */
export function encodeFrame(order: AttemptOrder): Buffer {
  const body = Buffer.from(JSON.stringify(order));
  return Buffer.concat([Buffer.from(`AUTOLOOP1 ${body.length}\n`), body]);
}

/** Reads more bytes into the buffer, as read(2) does; 0: there are no more. */
export type Read = (into: Uint8Array) => number;

/** The order in the one frame that `read` gives; null where it is short, long, wrong or too large. */
export function readFrame(read: Read): AttemptOrder | null {
  const frame = readHeader(read);
  const body = frame && readBody(frame, read);
  const order = body && parseJson(body.toString());
  return isAttemptOrder(order) ? order : null;
}

interface Header {
  readonly length: number;
  /** What came with the header. */
  readonly begin: Buffer;
}

const HEADER = /^AUTOLOOP1 (\d{1,9})$/;
const LONGEST_HEADER = 128;
const LONGEST_BODY = 64 * 1024 * 1024;
const NEWLINE = 0x0a;

function readHeader(read: Read): Header | null {
  const buffer = Buffer.alloc(64 * 1024);
  let filled = 0;
  while (filled < LONGEST_HEADER) {
    const count = read(buffer.subarray(filled));
    filled += count;
    const end = buffer.subarray(0, filled).indexOf(NEWLINE);
    if (end >= 0) {
      return parseHeader(buffer.subarray(0, end), buffer.subarray(end + 1, filled));
    }
    if (count === 0) {
      return null;
    }
  }
  return null;
}

function parseHeader(line: Buffer, begin: Buffer): Header | null {
  const [, length] = HEADER.exec(line.toString('latin1')) ?? [];
  const isRight = length !== undefined && Number(length) <= LONGEST_BODY;
  return isRight ? { length: Number(length), begin } : null;
}

/** Goes on as soon as the frame is whole: whoever wrote it need not close it. */
function readBody({ length, begin }: Header, read: Read): Buffer | null {
  if (begin.length > length) {
    return null;
  }
  const body = Buffer.alloc(length);
  let filled = begin.copy(body);
  while (filled < length) {
    const count = read(body.subarray(filled));
    if (count === 0) {
      return null;
    }
    filled += count;
  }
  return body;
}
