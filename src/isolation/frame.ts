import { crc32 } from 'node:zlib';
import type { AttemptOrder } from '../domain/attempt.ts';
import { parseJson } from '../stores/parse-json.ts';
import { isAttemptOrder } from './attempt-order.ts';

/** The order as the isolation layer reads it on its stdin: `AUTOLOOP1 <byte length> <CRC-32, 8 hex digits>\n`, then the JSON. */
export function encodeFrame(order: AttemptOrder): Buffer {
  const body = Buffer.from(JSON.stringify(order));
  return Buffer.concat([Buffer.from(`AUTOLOOP1 ${body.length} ${checksum(body)}\n`), body]);
}

/** Reads more bytes into the buffer, as read(2) does; 0: there are no more. */
export type Read = (into: Uint8Array) => number;

/** The order in the one frame that `read` gives; null where it is short, long, wrong or too large. */
export function readFrame(read: Read): AttemptOrder | null {
  const frame = readHeader(read);
  const body = frame && readBody(frame, read);
  if (!frame || !body || checksum(body) !== frame.checksum) {
    return null;
  }
  const order = parseJson(body.toString());
  return isAttemptOrder(order) ? order : null;
}

interface Header {
  readonly length: number;
  readonly checksum: string;
  /** What came with the header. */
  readonly begin: Buffer;
}

const HEADER = /^AUTOLOOP1 (\d{1,9}) ([0-9a-f]{8})$/;
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
  const [, length, sum] = HEADER.exec(line.toString('latin1')) ?? [];
  const isRight = length !== undefined && sum !== undefined && Number(length) <= LONGEST_BODY;
  return isRight ? { length: Number(length), checksum: sum, begin } : null;
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

/** Against a frame that was cut or mixed up, not against anybody: sha256 would take 4 ms to load. */
function checksum(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}
