import type { Clock } from '../../src/ports/clock.ts';

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** Time that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number;
  readonly #timers = new Set<Timer>();

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  startTimer(delayMs: number, fire: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, delayMs), fire };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Fires what falls due, in order and each at its own time, timers started on the way included. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let timer = this.#nextUntil(end); timer !== null; timer = this.#nextUntil(end)) {
      this.#timers.delete(timer);
      this.#now = timer.at;
      timer.fire();
    }
    this.#now = end;
  }

  /** Epoch ms of every timer that waits, soonest first. */
  pending(): readonly number[] {
    return [...this.#timers].map(({ at }) => at).toSorted((left, right) => left - right);
  }

  /** Of timers at the same instant, the one started first. */
  #nextUntil(end: number): Timer | null {
    let next: Timer | null = null;
    for (const timer of this.#timers) {
      if (timer.at <= end && (next === null || timer.at < next.at)) {
        next = timer;
      }
    }
    return next;
  }
}
