import { stripVTControlCharacters } from 'node:util';

const HEAD_BYTES = 1_000_000;
const TAIL_BYTES = 1_000_000;

/** The beginning and the end of what a command prints; what lies between is counted and forgotten. */
export class BoundedOutput {
  readonly #head: Buffer[] = [];
  #headBytes = 0;
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #lostBytes = 0;

  add(chunk: Buffer): void {
    const forHead = chunk.subarray(0, HEAD_BYTES - this.#headBytes);
    if (forHead.length > 0) {
      this.#head.push(forHead);
      this.#headBytes += forHead.length;
    }
    this.#addToTail(chunk.subarray(forHead.length));
  }

  #addToTail(chunk: Buffer): void {
    if (chunk.length > 0) {
      this.#tail.push(chunk);
      this.#tailBytes += chunk.length;
    }
    // Twice as much is let grow, so that it is put together only now and again.
    if (this.#tailBytes > 2 * TAIL_BYTES) {
      const kept = Buffer.concat(this.#tail).subarray(-TAIL_BYTES);
      this.#lostBytes += this.#tailBytes - kept.length;
      this.#tail = [Buffer.from(kept)];
      this.#tailBytes = kept.length;
    }
  }

  /** Without colors and other terminal codes. */
  text(): string {
    const head = Buffer.concat(this.#head).toString('utf8');
    const tail = Buffer.concat(this.#tail).toString('utf8');
    const gap = this.#lostBytes === 0 ? '' : `\n[${this.#lostBytes} bytes left out]\n`;
    return stripVTControlCharacters(`${head}${gap}${tail}`).replaceAll('\r\n', '\n');
  }
}
