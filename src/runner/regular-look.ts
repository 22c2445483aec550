/**
 * A look at the loop's files between the steps of the machine, so that a loop whose socket was deleted can be steered
 * again: each second while an agent may be at it, else rarely, as a loop that waits should cost nothing.
 */
export class RegularLook {
  readonly #look: () => void;
  #everyMs = 0;
  #isOver = false;
  #timer: NodeJS.Timeout | undefined;

  /** `look` may throw: the next step of the machine comes across the trouble as well, and knows how to end. */
  constructor(look: () => void) {
    this.#look = look;
  }

  /** `isAtWork`: whether a worker may be alive. */
  changed(isAtWork: boolean): void {
    const everyMs = isAtWork ? BUSY_MS : IDLE_MS;
    if (everyMs !== this.#everyMs && !this.#isOver) {
      clearInterval(this.#timer);
      this.#everyMs = everyMs;
      this.#timer = setInterval(() => this.#lookSafely(), everyMs).unref();
    }
  }

  end(): void {
    this.#isOver = true;
    clearInterval(this.#timer);
  }

  #lookSafely(): void {
    try {
      this.#look();
    } catch {
      // See above.
    }
  }
}

const BUSY_MS = 1_000;
const IDLE_MS = 10_000;
