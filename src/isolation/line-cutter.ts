/** Cuts bytes into lines of text, at most `longest` bytes each: the rest of a longer line is left out. */
export class LineCutter {
  readonly #hear: (line: string) => void;
  readonly #longest: number;
  #begin: Buffer[] = [];
  #beginBytes = 0;

  constructor(hear: (line: string) => void, longest = LONGEST_LINE) {
    this.#hear = hear;
    this.#longest = longest;
  }

  push(chunk: Buffer): void {
    const first = chunk.indexOf(NEWLINE);
    if (first < 0) {
      this.#hold(chunk);
      return;
    }
    const last = chunk.lastIndexOf(NEWLINE);
    this.#hold(chunk.subarray(0, first));
    this.#complete();
    if (last > first) {
      chunk
        .toString('utf8', first + 1, last)
        .split('\n')
        .forEach(this.#hear);
    }
    this.#hold(chunk.subarray(last + 1));
  }

  /** A last line may lack its end. */
  end(): void {
    if (this.#beginBytes > 0) {
      this.#complete();
    }
  }

  #hold(bytes: Buffer): void {
    const taken = bytes.subarray(0, this.#longest - this.#beginBytes);
    if (taken.length > 0) {
      this.#begin.push(taken);
      this.#beginBytes += taken.length;
    }
  }

  #complete(): void {
    const line = Buffer.concat(this.#begin, this.#beginBytes).toString();
    this.#begin = [];
    this.#beginBytes = 0;
    this.#hear(line);
  }
}

const NEWLINE = 0x0a;
const LONGEST_LINE = 4 * 1024 * 1024;
