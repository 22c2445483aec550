/** The last lines of a file that grows, as they were written: enough to write them again. */
export class RecentLines {
  readonly #lines: { readonly seq: number; readonly bytes: Uint8Array }[] = [];
  #length = 0;
  #start: number;

  /** `start`: length of the file before the first of them. */
  constructor(start: number) {
    this.#start = start;
  }

  /** Where in the file the oldest of them begins; before it lies what is only known from the file itself. */
  get start(): number {
    return this.#start;
  }

  /** How long the file is with them. */
  get end(): number {
    return this.#start + this.#length;
  }

  /** null: there are none. */
  get firstSeq(): number | null {
    return this.#lines[0]?.seq ?? null;
  }

  get bytes(): Uint8Array {
    return Buffer.concat(this.#lines.map((line) => line.bytes));
  }

  add(seq: number, bytes: Uint8Array): void {
    this.#lines.push({ seq, bytes });
    this.#length += bytes.length;
    while (this.#lines.length > MOST_LINES || this.#length > MOST_BYTES) {
      const oldest = this.#lines.shift()?.bytes.length ?? 0;
      this.#length -= oldest;
      this.#start += oldest;
    }
  }

  /** The same lines behind another beginning. */
  moveTo(start: number): void {
    this.#start = start;
  }
}

const MOST_LINES = 1_000;
const MOST_BYTES = 1_000_000;
