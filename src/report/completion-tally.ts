import { rounded } from './counts.ts';
import type { LoopReport } from './report.ts';

interface Course {
  readonly first: number;
  readonly last: number;
}

/**
 * How much of a PRD is done, as tasks measure it after an iteration: each target has one of its own, or all of them are
 * items of one. Nobody says which; but what is measured of one PRD hardly ever falls from one iteration to the next.
 */
export class CompletionTally {
  readonly #courses = new Map<string | null, Course>();
  #whole: Course | null = null;
  #changes = 0;
  #falls = 0;

  /** `completion`: 0 to 1. */
  add(target: string | null, completion: number): void {
    const before = this.#whole?.last ?? completion;
    this.#changes += completion === before ? 0 : 1;
    this.#falls += completion < before ? 1 : 0;
    this.#whole = { first: this.#whole?.first ?? completion, last: completion };
    this.#courses.set(target, {
      first: this.#courses.get(target)?.first ?? completion,
      last: completion,
    });
  }

  /** Of the one PRD, else the mean of all; null: nothing was measured. */
  get whole(): LoopReport['completion'] {
    const courses = [...this.#courses.values()];
    return this.#isOne
      ? this.#whole
      : {
          first: mean(courses.map(({ first }) => first)),
          last: mean(courses.map(({ last }) => last)),
        };
  }

  /** null: it has none of its own, or nobody measured it. */
  of(target: string): number | null {
    return this.#isOne && this.#courses.size > 1 ? null : (this.#courses.get(target)?.last ?? null);
  }

  get #isOne(): boolean {
    return this.#falls <= this.#changes * SELDOM;
  }
}

const SELDOM = 0.1;

function mean(values: readonly number[]): number {
  return rounded(values.reduce((sum, value) => sum + value, 0) / values.length);
}
