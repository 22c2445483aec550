/** What a program prints, up to so many bytes. */
export class BoundedText {
  readonly #mostBytes: number;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk.subarray(0, Math.max(0, this.#mostBytes - this.#bytes)));
    this.#bytes += chunk.length;
  }

  get isTooMuch(): boolean {
    return this.#bytes > this.#mostBytes;
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
