/** When what was not taken is tried again: at growing distances, or as late as it is asked for, within reason. */
export class RetryPace {
  #failures = 0;
  #afterMs = 0;

  get isFailing(): boolean {
    return this.#failures > 0;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** `afterMs`: what was asked for; null: nothing was. */
  failed(afterMs: number | null): void {
    this.#failures += 1;
    this.#afterMs = afterMs ?? 0;
  }

  delayMs(): number {
    const growingMs = Math.min(FIRST_MS * 2 ** (this.#failures - 1), LAST_MS);
    return Math.min(Math.max(growingMs, this.#afterMs), LONGEST_MS);
  }
}

const FIRST_MS = 1_000;
const LAST_MS = 60_000;
const LONGEST_MS = 300_000;
