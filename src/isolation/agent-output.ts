import { finished } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { LineCutter } from './line-cutter.ts';
import type { OutputLog } from './output-log.ts';
import { Tail } from './tail.ts';

/** Redacts a stream of bytes; it may hold back what could be the begin of a secret. */
export interface Redaction {
  write(bytes: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

export interface OutputParts {
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly log: OutputLog;
  readonly startRedaction: () => Redaction;
  /** A line of stdout as the agent wrote it. */
  readonly hearLine: (line: string) => void;
  /** Bytes have come, on either stream. */
  readonly hearBytes: () => void;
}

/** What the agent says, on its way into the log and to its reader. */
export class AgentOutput {
  /** Resolves when both streams have come to their end. */
  readonly drained: Promise<unknown>;
  readonly #streams: readonly Readable[];
  readonly #log: OutputLog;
  readonly #lines: LineCutter;
  readonly #stdoutTail = new Tail(8_000);
  readonly #stderrTail = new Tail(4_000);
  readonly #endings: (() => void)[] = [];
  #bytes = 0;

  constructor(parts: OutputParts) {
    this.#streams = [parts.stdout, parts.stderr];
    this.#log = parts.log;
    this.#lines = new LineCutter(parts.hearLine);
    this.#keep(parts, { stream: parts.stdout, tail: this.#stdoutTail });
    this.#keep(parts, { stream: parts.stderr, tail: this.#stderrTail });
    parts.stdout.on('data', (chunk: Buffer) => this.#lines.push(chunk));
    this.drained = Promise.allSettled(
      this.#streams.map((stream) => finished(stream, { writable: false })),
    );
  }

  /** Reads nothing more and puts what was held back where it belongs. */
  close(): void {
    this.#streams.forEach((stream) => stream.destroy());
    this.#endings.forEach((end) => end());
    this.#lines.end();
    this.#log.close();
  }

  get bytes(): number {
    return this.#bytes;
  }

  get logFailure(): string | null {
    return this.#log.failure;
  }

  /** As it was kept. */
  get tails(): { readonly stdoutTail: string; readonly stderrTail: string } {
    return { stdoutTail: String(this.#stdoutTail), stderrTail: String(this.#stderrTail) };
  }

  #keep(parts: OutputParts, { stream, tail }: { stream: Readable; tail: Tail }): void {
    const redaction = parts.startRedaction();
    const channel = parts.log.channel();
    const keep = (bytes: Uint8Array): void => {
      channel.write(bytes);
      tail.push(bytes);
    };
    stream.on('data', (chunk: Buffer) => {
      this.#bytes += chunk.length;
      parts.hearBytes();
      keep(redaction.write(chunk));
    });
    this.#endings.push(() => {
      keep(redaction.end());
      channel.end();
    });
  }
}
