import { HeldBytes } from './held-bytes.ts';
import { LOOK_AHEAD } from './rule.ts';
import { Sweep } from './sweep.ts';

/**
 * Replaces what the rules match in a stream of bytes. A place is decided when its line is there to
 * the end, or LOOK_AHEAD bytes behind it are; so it is decided the same way however the stream was
 * cut, and not much more than that is held back.
 */
export class PatternStream {
  readonly #sweep = new Sweep();
  readonly #held = new HeldBytes();

  /** What is decided now; may share memory with `chunk`. */
  push(chunk: Uint8Array, isLast: boolean): Uint8Array {
    if (!isLast && this.#canWait(chunk)) {
      return this.#wait(chunk);
    }
    const bytes = this.#held.take(chunk);
    const limit = isLast ? bytes.length : Math.max(decidable(bytes), this.#sweep.decided);
    const output = this.#sweep.decide(bytes, {
      limit,
      isWhole: isLast || bytes[limit - 1] === NEWLINE,
      isLast,
    });
    this.#held.add(bytes.subarray(this.#sweep.forget()));
    return output;
  }

  /**
   * Small pieces of an unfinished line are gathered, or each would be looked through again with
   * every byte that follows.
   */
  #canWait(chunk: Uint8Array): boolean {
    return this.#held.length + chunk.length < 2 * LOOK_AHEAD && !chunk.includes(NEWLINE);
  }

  #wait(chunk: Uint8Array): Uint8Array {
    this.#held.add(chunk);
    return NOTHING;
  }
}

const NEWLINE = 0x0a;
const NOTHING = new Uint8Array(0);

function decidable(bytes: Uint8Array): number {
  return Math.max(bytes.lastIndexOf(NEWLINE) + 1, bytes.length - LOOK_AHEAD);
}
