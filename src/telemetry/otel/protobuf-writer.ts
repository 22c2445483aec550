/** The wire format of protobuf, into one buffer: a small one for each value would grow the runner by megabytes. */
export class ProtobufWriter {
  #bytes = Buffer.allocUnsafeSlow(4_096);
  #length = 0;

  tag(field: number, wire: number): void {
    this.varint((field << 3) | wire);
  }

  /** A whole number that is safe; seven bits a byte, the lowest first, a negative one as its 64 bits. */
  varint(value: number): void {
    this.#room(10);
    let rest = value < 0 ? BigInt.asUintN(64, BigInt(value)) : value;
    while (rest > 0x7f) {
      const low = typeof rest === 'bigint' ? Number(rest & 0x7fn) : rest % 0x80;
      this.#byte(low | 0x80);
      rest = typeof rest === 'bigint' ? rest >> 7n : Math.floor(rest / 0x80);
    }
    this.#byte(Number(rest));
  }

  /** A whole number from 0 on, as text. */
  fixed64(value: string): void {
    this.#room(8);
    this.#length = this.#bytes.writeBigUInt64LE(BigInt(value), this.#length);
  }

  double(value: number): void {
    this.#room(8);
    this.#length = this.#bytes.writeDoubleLE(value, this.#length);
  }

  text(value: string, encoding: 'utf8' | 'hex'): void {
    const size = Buffer.byteLength(value, encoding);
    this.varint(size);
    this.#room(size);
    this.#length += this.#bytes.write(value, this.#length, encoding);
  }

  /** What `write` writes, with its length before it, which is known only then. */
  withLength(write: () => void): void {
    this.#room(1);
    this.#length += 1;
    const start = this.#length;
    write();
    const size = this.#length - start;
    const more = lengthOf(size) - 1;
    this.#room(more);
    this.#bytes.copyWithin(start + more, start, this.#length);
    this.#length = start - 1;
    this.varint(size);
    this.#length += size;
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #byte(byte: number): void {
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  #room(size: number): void {
    if (this.#length + size > this.#bytes.length) {
      const bytes = Buffer.allocUnsafeSlow(2 * (this.#length + size));
      this.#bytes.copy(bytes, 0, 0, this.#length);
      this.#bytes = bytes;
    }
  }
}

/** Bytes of a varint. */
function lengthOf(value: number): number {
  return value < 0x80 ? 1 : 1 + lengthOf(Math.floor(value / 0x80));
}
