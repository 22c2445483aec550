import type { TamperGuard } from './tamper-guard.ts';

/**
 * A look at the loop's files between the steps of the machine, so that a loop whose socket was deleted can be steered
 * again: each second while an agent may be at it, else rarely, as a loop that waits should cost nothing.
 */
export class RegularLook {
  readonly #guard: TamperGuard;
  #everyMs = 0;
  #isOver = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(guard: TamperGuard) {
    this.#guard = guard;
  }

  /** `isAtWork`: whether a worker may be alive. */
  changed(isAtWork: boolean): void {
    const everyMs = isAtWork ? BUSY_MS : IDLE_MS;
    if (everyMs !== this.#everyMs && !this.#isOver) {
      clearInterval(this.#timer);
      this.#everyMs = everyMs;
      this.#timer = setInterval(() => this.#look(), everyMs).unref();
    }
  }

  end(): void {
    this.#isOver = true;
    clearInterval(this.#timer);
  }

  #look(): void {
    try {
      this.#guard.look();
    } catch {
      // The next step comes across it as well, and knows how to end.
    }
  }
}

const BUSY_MS = 1_000;
const IDLE_MS = 10_000;
