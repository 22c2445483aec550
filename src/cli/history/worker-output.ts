import { closeSync, fstatSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { Bell } from '../../stores/bell.ts';
import { linesBackward } from '../../stores/lines-backward.ts';
import { openForReading } from '../../stores/open-for-reading.ts';
import { watchDirectory } from '../../stores/watch-directory.ts';

export interface OutputRequest {
  /** `iterations/NNNNNN.log`, absolute. */
  readonly path: string;
  /** Only the last lines; null: all. */
  readonly lines: number | null;
  /** Which lines are counted; all by default. */
  readonly counts?: (line: string) => boolean;
  readonly write: (text: string) => void;
}

/** What an iteration's workers printed, as it was kept: not parsed, an unfinished last line included. */
export class WorkerOutput {
  readonly #request: OutputRequest;
  readonly #fd: number;
  readonly #decoder = new TextDecoder('utf-8');
  #position: number;

  /** Throws AutoloopError 155 where it cannot be read. */
  constructor(request: OutputRequest) {
    this.#request = request;
    this.#fd = openForReading(request.path);
    this.#position =
      request.lines === null ? 0 : startOfLast(this.#fd, request.lines, request.counts);
  }

  show(): void {
    const block = Buffer.alloc(65_536);
    for (let read = this.#read(block); read > 0; read = this.#read(block)) {
      this.#position += read;
      this.#request.write(this.#decoder.decode(block.subarray(0, read), { stream: true }));
    }
  }

  /** And what is to come, until `isOver` says that nothing will. */
  async follow(isOver: () => boolean): Promise<void> {
    const bell = new Bell();
    const stopWatching = watchDirectory(dirname(this.#request.path), () => bell.ring());
    try {
      for (let over = false; !over;) {
        await bell.heard();
        over = isOver();
        this.show();
      }
    } finally {
      stopWatching();
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  #read(block: Buffer): number {
    return readSync(this.#fd, block, 0, block.length, this.#position);
  }
}

function startOfLast(
  fd: number,
  lines: number,
  counts: NonNullable<OutputRequest['counts']> = () => true,
): number {
  const { size } = fstatSync(fd);
  let start = size;
  let counted = 0;
  for (const line of linesBackward(fd, size)) {
    const isLine = (line.ended || line.bytes.length > 0) && counts(line.bytes.toString('utf8'));
    if (isLine && counted === lines) {
      break;
    }
    counted += isLine ? 1 : 0;
    start = line.start;
  }
  return start;
}
