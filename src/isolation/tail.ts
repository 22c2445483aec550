/** The last characters of a text that comes as bytes. */
export class Tail {
  readonly #characters: number;
  readonly #mostBytes: number;
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;

  constructor(characters: number) {
    this.#characters = characters;
    this.#mostBytes = characters * MOST_BYTES_PER_CHARACTER;
  }

  push(bytes: Uint8Array): void {
    this.#chunks.push(bytes.subarray(-this.#mostBytes));
    this.#bytes += Math.min(bytes.length, this.#mostBytes);
    for (let first = this.#chunks[0]; first && this.#isSpare(first); first = this.#chunks[0]) {
      this.#chunks.shift();
      this.#bytes -= first.length;
    }
  }

  toString(): string {
    return Buffer.concat(this.#chunks).toString().slice(-this.#characters);
  }

  #isSpare({ length }: Uint8Array): boolean {
    return this.#bytes - length >= this.#mostBytes;
  }
}

/** UTF-8 takes up to three bytes for one UTF-16 unit. */
const MOST_BYTES_PER_CHARACTER = 3;
