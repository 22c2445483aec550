import { addHeldBack } from '../domain/notification/hold-back.ts';
import type { HeldBack, ToldKind } from '../domain/notification/notification.ts';

const HOUR_MS = 3_600_000;
const PER_KIND = { most: 3, withinMs: HOUR_MS / 4 };
const IN_ALL = { most: 12, withinMs: HOUR_MS };

/** How a run ended is told whatever was told before: it happens once. */
const ALWAYS: readonly ToldKind[] = ['end', 'cap'];

/** Lets few pass of each kind and in all, and counts the rest. */
export class RateLimit {
  readonly #now: () => number;
  #passed: readonly { readonly kind: ToldKind; readonly at: number }[] = [];
  #held: HeldBack = {};

  /** `now`: ms that only go up. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** What was held back since the last one that passed; null: this one is held back, too. */
  pass(kind: ToldKind): HeldBack | null {
    const now = this.#now();
    this.#passed = this.#passed.filter(({ at }) => now - at < IN_ALL.withinMs);
    const ofKind = this.#passed.filter(
      (passed) => passed.kind === kind && now - passed.at < PER_KIND.withinMs,
    );
    const isTooMuch = ofKind.length >= PER_KIND.most || this.#passed.length >= IN_ALL.most;
    if (isTooMuch && !ALWAYS.includes(kind)) {
      this.#held = addHeldBack(this.#held, { [kind]: 1 });
      return null;
    }
    this.#passed = [...this.#passed, { kind, at: now }];
    const held = this.#held;
    this.#held = {};
    return held;
  }
}
