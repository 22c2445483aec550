import { monotonicMs } from '../stores/monotonic.ts';

/**
 * Counts the milliseconds without a sign of life, on the monotonic clock: a suspended machine adds none. Where that clock
 * goes on (macOS; a container or virtual machine that was paused), they are forgiven by who noticed it.
 */
export class IdleClock {
  readonly #now: () => number;
  #countedMs = 0;
  /** null while it stands still. */
  #since: number | null;

  constructor(now: () => number = monotonicMs) {
    this.#now = now;
    this.#since = now();
  }

  get idleMs(): number {
    return this.#countedMs + (this.#since === null ? 0 : this.#now() - this.#since);
  }

  get isHeld(): boolean {
    return this.#since === null;
  }

  /** A sign of life. */
  restart(): void {
    this.#countedMs = 0;
    this.#since = this.isHeld ? null : this.#now();
  }

  /** Stands still until it is let go. */
  hold(): void {
    this.#countedMs = this.idleMs;
    this.#since = null;
  }

  /** Time in which nobody ran, the agent no more than this process. */
  forgive(ms: number): void {
    this.#countedMs = Math.max(0, this.idleMs - ms);
    this.#since = this.isHeld ? null : this.#now();
  }

  letGo(): void {
    this.#since ??= this.#now();
  }
}
