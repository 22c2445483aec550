/** Holds the begin of a line back until its end comes, or until it is too long to be held. */
export class PartialLine {
  readonly #longest: number;
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  /** `longest`: in bytes. */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /** What can be passed on: whole lines, or what was too long to be held. */
  push(bytes: Uint8Array): Uint8Array {
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    const whole = end === 0 ? NOTHING : this.#joined(bytes.subarray(0, end));
    this.#hold(bytes.subarray(end));
    return this.#heldBytes > this.#longest ? joined([whole, this.take()]) : whole;
  }

  /** All that is held. */
  take(): Uint8Array {
    return this.#joined(NOTHING);
  }

  #hold(bytes: Uint8Array): void {
    if (bytes.length > 0) {
      this.#held.push(bytes);
      this.#heldBytes += bytes.length;
    }
  }

  #joined(end: Uint8Array): Uint8Array {
    const parts = [...this.#held, end];
    this.#held = [];
    this.#heldBytes = 0;
    return joined(parts);
  }
}

const NEWLINE = 0x0a;
const NOTHING = new Uint8Array(0);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const filled = parts.filter(({ length }) => length > 0);
  const [only = NOTHING, ...others] = filled;
  return others.length === 0 ? only : Buffer.concat(filled);
}
