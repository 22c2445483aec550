/** A byte string to look for, and what is written in its place. */
export interface Literal {
  readonly bytes: Uint8Array;
  readonly replacement: string;
}

/** No literal may be shorter: the finder skips through a text in steps of nearly this length. */
export const LEAST_LITERAL_LENGTH = 8;

/**
 * Finds any of many literals in one pass that looks at about every sixth byte (Wu and Manber, 1994:
 * for three bytes in a row a table tells how far the next possible occurrence is).
 */
export class LiteralFinder {
  readonly longest: number;
  readonly #shifts = new Uint8Array(TABLE_SIZE).fill(LEAST_LITERAL_LENGTH - BLOCK + 1);
  readonly #byBlock = new Map<number, Literal[]>();
  readonly #byFirstByte = new Map<number, Literal[]>();

  constructor(literals: readonly Literal[]) {
    const longestFirst = literals.toSorted((a, b) => b.bytes.length - a.bytes.length);
    this.longest = longestFirst[0]?.bytes.length ?? 0;
    for (const literal of longestFirst) {
      this.#add(literal);
    }
  }

  /** The first start of a whole literal at or after `from`, or the length of `bytes`. */
  next(bytes: Uint8Array, from: number): number {
    const shifts = this.#shifts;
    const { length } = bytes;
    let end = from + LEAST_LITERAL_LENGTH - 1;
    while (end < length) {
      const shift = shifts[hash(bytes[end - 2] ?? 0, bytes[end - 1] ?? 0, bytes[end] ?? 0)] ?? 1;
      if (shift === 0) {
        if (this.longestAt(bytes, end - LEAST_LITERAL_LENGTH + 1)) {
          return end - LEAST_LITERAL_LENGTH + 1;
        }
        end += 1;
      } else {
        end += shift;
      }
    }
    return length;
  }

  /** The longest literal that stands whole at `start`. */
  longestAt(bytes: Uint8Array, start: number): Literal | undefined {
    const end = start + LEAST_LITERAL_LENGTH - 1;
    const block = hash(bytes[end - 2] ?? 0, bytes[end - 1] ?? 0, bytes[end] ?? 0);
    return this.#byBlock
      .get(block)
      ?.find((literal) => holdsAt(bytes, start, literal.bytes) === literal.bytes.length);
  }

  /**
   * The first index at or after `from` whose rest is the beginning of a literal, or the length of
   * `bytes`.
   */
  nextUnfinished(bytes: Uint8Array, from: number): number {
    for (
      let start = Math.max(from, bytes.length - this.longest + 1);
      start < bytes.length;
      start += 1
    ) {
      if (this.#isUnfinishedAt(bytes, start)) {
        return start;
      }
    }
    return bytes.length;
  }

  #isUnfinishedAt(bytes: Uint8Array, start: number): boolean {
    const rest = bytes.length - start;
    const candidates = this.#byFirstByte.get(bytes[start] ?? 0) ?? [];
    return candidates.some(
      ({ bytes: literal }) => literal.length > rest && holdsAt(bytes, start, literal) === rest,
    );
  }

  #add(literal: Literal): void {
    for (let end = BLOCK - 1; end < LEAST_LITERAL_LENGTH; end += 1) {
      const block = hash(
        literal.bytes[end - 2] ?? 0,
        literal.bytes[end - 1] ?? 0,
        literal.bytes[end] ?? 0,
      );
      this.#shifts[block] = Math.min(this.#shifts[block] ?? 0, LEAST_LITERAL_LENGTH - 1 - end);
      if (end === LEAST_LITERAL_LENGTH - 1) {
        append(this.#byBlock, block, literal);
      }
    }
    append(this.#byFirstByte, literal.bytes[0] ?? 0, literal);
  }
}

const BLOCK = 3;
const TABLE_SIZE = 1 << 15;

function hash(first: number, second: number, third: number): number {
  return ((first << 10) ^ (second << 5) ^ third) & (TABLE_SIZE - 1);
}

/** How many bytes of `literal` stand at `start`. */
function holdsAt(bytes: Uint8Array, start: number, literal: Uint8Array): number {
  const most = Math.min(literal.length, bytes.length - start);
  let length = 0;
  while (length < most && bytes[start + length] === literal[length]) {
    length += 1;
  }
  return length;
}

function append(lists: Map<number, Literal[]>, key: number, literal: Literal): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [literal]);
  } else {
    list.push(literal);
  }
}
