const LONGEST_SECRET = 8192;

/** What a hook printed, up to a mark that says that it is over, however long others keep the output open. */
export class MarkedOutput {
  readonly #mark: string;
  readonly #end: Buffer;
  readonly #mostBytes: number;
  readonly #kept: Buffer[] = [];
  #bytes = 0;
  #tail = Buffer.alloc(0);
  #ended = false;

  constructor(mark: string, mostBytes: number) {
    this.#mark = mark;
    this.#end = Buffer.from(`${mark}e`);
    this.#mostBytes = mostBytes;
  }

  push(chunk: Buffer): void {
    if (this.#ended) {
      return;
    }
    const seen = Buffer.concat([this.#tail, chunk]);
    this.#ended = seen.includes(this.#end);
    this.#tail = seen.subarray(Math.max(0, seen.length - this.#end.length + 1));
    const room = Math.max(0, this.#mostBytes - this.#bytes);
    this.#kept.push(chunk.subarray(0, room));
    this.#bytes += chunk.length;
  }

  /** The mark was seen. */
  get ended(): boolean {
    return this.#ended;
  }

  get overflowed(): boolean {
    return this.#bytes > this.#mostBytes;
  }

  /** Without marks, at most so many bytes. */
  text(): string {
    const [before = ''] = this.#all().split(this.#end.toString());
    return before;
  }

  /** Where it was too much, up to the end of a line or a word: half a secret would not be recognized. */
  wholeLines(): string {
    const text = this.text();
    if (!this.overflowed) {
      return text;
    }
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf(' '));
    return `${text.slice(0, end < 0 ? -LONGEST_SECRET : end)}\n[cut]`;
  }

  /** null: it was never begun, the file could not be sourced. */
  value(): { readonly text: string | null; readonly code: number } {
    const before = this.text();
    const semicolon = before.lastIndexOf(';');
    const begin = before.indexOf(`${this.#mark}b`);
    return {
      text: begin < 0 ? null : before.slice(begin + this.#mark.length + 1, semicolon),
      code: Number(before.slice(semicolon + 1)),
    };
  }

  #all(): string {
    return Buffer.concat(this.#kept).toString('utf8');
  }
}
