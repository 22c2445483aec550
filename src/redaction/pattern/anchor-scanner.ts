import type { Rule } from './rule.ts';

/** A rule, and how far before the end of its three letters its anchor begins. */
export interface Candidate {
  readonly rule: Rule;
  readonly back: number;
}

/**
 * Finds the places where some rule's anchor may stand. One pass, one table look-up a byte: each byte becomes one of 32 classes,
 * three classes in a row are an index. A regular expression of all anchors is several times slower.
 */
export class AnchorScanner {
  readonly #groupOf = new Uint8Array(1 << (3 * CLASS_BITS));
  readonly #groups: Candidate[][] = [[]];

  constructor(rules: readonly Rule[]) {
    for (const rule of rules) for (const anchor of rule.anchors) this.#add(rule, anchor);
  }

  /** Index of the last of three letters that belong to an anchor, at or after `from`; or `to`. Nothing before `floor` counts. */
  next(bytes: Uint8Array, range: { from: number; to: number; floor: number }): number {
    const groupOf = this.#groupOf;
    const { from, to, floor } = range;
    let letters = lettersBefore(bytes, from, floor);
    for (let index = from; index < to; index += 1) {
      letters = ((letters << CLASS_BITS) | (CLASS_OF[bytes[index] ?? 0] ?? 0)) & LETTERS_MASK;
      if (groupOf[letters] !== 0) return index;
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
    if (open === -1) return this.#addEveryEnding(rule, anchor);
    const letters = [...anchor.slice(open + 1, open + 4)].reduce((sum, letter) => (sum << CLASS_BITS) | classOf(letter), 0);
    this.#enter(letters, { rule, back: open + 2 });
  }

  #addEveryEnding(rule: Rule, letter: string): void {
    for (let before = 0; before < 1 << (2 * CLASS_BITS); before += 1) {
      this.#enter((before << CLASS_BITS) | classOf(letter), { rule, back: 0 });
    }
  }

  #enter(letters: number, candidate: Candidate): void {
    const group = [...(this.#groups[this.#groupOf[letters] ?? 0] ?? []), candidate];
    const known = this.#groups.findIndex((other) => isSameGroup(other, group));
    this.#groupOf[letters] = known === -1 ? this.#groups.push(group) - 1 : known;
  }
}

const CLASS_BITS = 5;
const LETTERS_MASK = (1 << (3 * CLASS_BITS)) - 1;

/** 1–26 letters of either case, 27 digits, 28 `_`, 29 `-`, 30 `@`, 31 `:` and `/`, 0 all else. */
const CLASS_OF = Uint8Array.from({ length: 256 }, (_, byte) => classOf(String.fromCharCode(byte)));

function classOf(character: string): number {
  if (/[a-z]/i.test(character)) return (character.charCodeAt(0) | 0x20) - 0x60;
  if (/[0-9]/.test(character)) return 27;
  return { _: 28, '-': 29, '@': 30, ':': 31, '/': 31 }[character] ?? 0;
}

function lettersBefore(bytes: Uint8Array, end: number, floor: number, count = 2): number {
  let letters = 0;
  for (let index = end - count; index < end; index += 1) {
    letters = (letters << CLASS_BITS) | (index < floor || index < 0 ? 0 : (CLASS_OF[bytes[index] ?? 0] ?? 0));
  }
  return letters;
}

function isSameGroup(one: readonly Candidate[], other: readonly Candidate[]): boolean {
  return one.length === other.length && one.every((candidate, index) => isSame(candidate, other[index]));
}

function isSame(one: Candidate, other: Candidate | undefined): boolean {
  return one.rule === other?.rule && one.back === other.back;
}
