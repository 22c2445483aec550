import type { LiteralFinder } from './literal-finder.ts';

/** Replaces literals in a stream of bytes; holds back only what may be the beginning of one. */
export class KnownValueStream {
  readonly #finder: LiteralFinder;
  #held: Uint8Array = new Uint8Array(0);

  constructor(finder: LiteralFinder) {
    this.#finder = finder;
  }

  /** What is decided now; may share memory with `chunk`. */
  push(chunk: Uint8Array, isLast: boolean): Uint8Array {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const { pieces, decided } = this.#replace(bytes, isLast);
    this.#held = new Uint8Array(bytes.subarray(decided));
    return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
  }

  /**
   * The leftmost, then longest literal wins; a place is decided when no longer literal can still
   * begin there.
   */
  #replace(bytes: Uint8Array, isLast: boolean): { pieces: Uint8Array[]; decided: number } {
    const pieces: Uint8Array[] = [];
    let copied = 0;
    let unfinished = -1;
    for (;;) {
      if (unfinished < copied) {
        unfinished = isLast ? bytes.length : this.#finder.nextUnfinished(bytes, copied);
      }
      const start = this.#finder.next(bytes, copied);
      const literal = start < unfinished ? this.#finder.longestAt(bytes, start) : undefined;
      pieces.push(bytes.subarray(copied, literal === undefined ? unfinished : start));
      if (literal === undefined) {
        return { pieces, decided: unfinished };
      }
      pieces.push(Buffer.from(literal.replacement, 'latin1'));
      copied = start + literal.bytes.length;
    }
  }
}
