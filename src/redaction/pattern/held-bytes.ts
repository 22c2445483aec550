/** Bytes kept for later, as copies: whoever gave them may use their memory again. */
export class HeldBytes {
  #pieces: Uint8Array[] = [];
  length = 0;

  add(bytes: Uint8Array): void {
    if (bytes.length === 0) {
      return;
    }
    this.#pieces.push(new Uint8Array(bytes));
    this.length += bytes.length;
  }

  /** All of them with `last` behind, which is not copied when it is alone; then none are held. */
  take(last: Uint8Array): Buffer {
    const bytes =
      this.length === 0
        ? Buffer.from(last.buffer, last.byteOffset, last.length)
        : Buffer.concat([...this.#pieces, last]);
    this.#pieces = [];
    this.length = 0;
    return bytes;
  }
}
