import type { LoopHistory } from '../loop-history.ts';
import { pathsTo } from '../paths-to.ts';
import { ROOT, type Happening } from './happening.ts';

/** Walks through what the machine of a run did: one step is looked at. */
export class Travel {
  readonly history: LoopHistory;
  readonly #steps: readonly Happening[];
  #at: number;

  /** At the last step. */
  constructor(history: LoopHistory) {
    this.history = history;
    this.#at = history.steps.length - 1;
    this.#steps = history.steps.map(({ n, at, event, state, taken }) => ({
      ...{ number: n, at, event, state, taken },
      ...{ source: null, target: ROOT },
    }));
  }

  get at(): number {
    return this.#at;
  }

  goTo(at: number): void {
    this.#at = Math.min(this.#steps.length - 1, Math.max(0, at));
  }

  /** Up to the one that is looked at. */
  get steps(): readonly Happening[] {
    return this.#steps.slice(0, this.#at + 1);
  }

  get visited(): ReadonlySet<string> {
    return new Set(this.steps.flatMap(({ state }) => pathsTo(state ?? '')));
  }

  get active(): readonly string[] {
    return pathsTo(this.#steps[this.#at]?.state ?? '');
  }

  get context(): unknown {
    const { context, steps } = this.history;
    return steps
      .slice(0, this.#at + 1)
      .reduce((known, { changed }) => Object.assign(known, changed), { ...context });
  }
}
