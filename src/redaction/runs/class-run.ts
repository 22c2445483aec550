import type { Advance, Run } from './run.ts';

/** Goes on as long as `letters` match: a sticky expression that is one class, repeated. */
export class ClassRun implements Run {
  readonly #letters: RegExp;

  constructor(letters: RegExp) {
    this.#letters = letters;
  }

  advance(text: string, { from, to }: { from: number; to: number }): Advance {
    this.#letters.lastIndex = from;
    const end = this.#letters.test(text) ? this.#letters.lastIndex : from;
    return end < to ? { end, isOpen: false } : { end: Math.max(from, to), isOpen: true };
  }
}
