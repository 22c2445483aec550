import type { Rule } from './rule.ts';

/** A rule, and how far before the end of its three letters its anchor begins. */
export interface Candidate {
  readonly rule: Rule;
  readonly back: number;
}

/**
 * Finds the places where some rule's anchor may stand. One pass, one table look-up a byte: each
 * byte becomes one of 32 classes, three classes in a row are an index. A regular expression of all
 * anchors is several times slower.
 */
export class AnchorScanner {
  readonly #groupOf = new Uint8Array(1 << (3 * CLASS_BITS));
  readonly #groups: Candidate[][] = [[]];

  constructor(rules: readonly Rule[]) {
    for (const rule of rules) {
      for (const anchor of rule.anchors) {
        this.#add(rule, anchor);
      }
    }
  }

  /**
   * Index of the last of three letters that belong to an anchor, at or after `from`; or `to`.
   * Nothing before `floor` counts.
   */
  next(bytes: Uint8Array, range: { from: number; to: number; floor: number }): number {
    const groupOf = this.#groupOf;
    const { from, to, floor } = range;
    let letters = lettersBefore(bytes, from, floor);
    for (let index = from; index < to; index += 1) {
      letters = ((letters << CLASS_BITS) | (CLASS_OF[bytes[index] ?? 0] ?? 0)) & LETTERS_MASK;
      if (groupOf[letters] !== 0) {
        return index;
      }
    }
    return to;
  }

  /** The rules to ask about the letters that end at `index`. */
  candidatesAt(bytes: Uint8Array, index: number, floor: number): readonly Candidate[] {
    const letters = lettersBefore(bytes, index + 1, floor, 3);
    return this.#groups[this.#groupOf[letters] ?? 0] ?? [];
  }

  #add(rule: Rule, anchor: string): void {
    const open = anchor.indexOf('(');
    if (open === -1) {
      return this.#addEveryEnding(rule, anchor);
    }
    const letters = [0, 1, 2].reduce(
      (sum, offset) => (sum << CLASS_BITS) | classOf(anchor.charCodeAt(open + 1 + offset)),
      0,
    );
    this.#groupFor(letters).push({ rule, back: open + 2 });
  }

  /** No other anchor ends with such a letter: one group does for all that may stand before it. */
  #addEveryEnding(rule: Rule, letter: string): void {
    const group = this.#groups.push([{ rule, back: 0 }]) - 1;
    for (let before = 0; before < 1 << (2 * CLASS_BITS); before += 1) {
      this.#groupOf[(before << CLASS_BITS) | classOf(letter.charCodeAt(0))] = group;
    }
  }

  #groupFor(letters: number): Candidate[] {
    if (this.#groupOf[letters] === 0) {
      this.#groupOf[letters] = this.#groups.push([]) - 1;
    }
    return this.#groups[this.#groupOf[letters] ?? 0] ?? [];
  }
}

const CLASS_BITS = 5;
const LETTERS_MASK = (1 << (3 * CLASS_BITS)) - 1;

const OTHERS = new Map([
  [0x5f, 28],
  [0x2d, 29],
  [0x40, 30],
  [0x3a, 31],
  [0x2f, 31],
]);

const CLASS_OF = new Uint8Array(256).map((_, byte) => classOf(byte));

/** 1–26 letters of either case, 27 digits, 28 `_`, 29 `-`, 30 `@`, 31 `:` and `/`, 0 all else. */
function classOf(byte: number): number {
  const lower = byte | 0x20;
  if (lower >= 0x61 && lower <= 0x7a) {
    return lower - 0x60;
  }
  if (byte >= 0x30 && byte <= 0x39) {
    return 27;
  }
  return OTHERS.get(byte) ?? 0;
}

function lettersBefore(bytes: Uint8Array, end: number, floor: number, count = 2): number {
  let letters = 0;
  for (let index = end - count; index < end; index += 1) {
    letters =
      (letters << CLASS_BITS) |
      (index < floor || index < 0 ? 0 : (CLASS_OF[bytes[index] ?? 0] ?? 0));
  }
  return letters;
}
