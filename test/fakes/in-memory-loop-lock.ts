import { AutoloopError, EXIT } from '../../src/domain/error.ts';
import type { LoopLock } from '../../src/ports/loop-lock.ts';

/** Locks made with the same map exclude each other by their loop's name. */
export class InMemoryLoopLock implements LoopLock {
  readonly #loop: string;
  readonly #held: Map<string, InMemoryLoopLock>;

  constructor(loop: string, held = new Map<string, InMemoryLoopLock>()) {
    this.#loop = loop;
    this.#held = held;
  }

  async acquire(): Promise<void> {
    const holder = this.#held.get(this.#loop) ?? this;
    if (holder !== this) {
      throw new AutoloopError({
        code: EXIT.lockHeld,
        message: `Loop "${this.#loop}" is already running.`,
      });
    }
    this.#held.set(this.#loop, this);
  }

  isHeld(): boolean {
    return this.#held.get(this.#loop) === this;
  }

  isOurs(): boolean {
    return this.isHeld();
  }

  mend(): null {
    if (!this.isHeld()) {
      throw new AutoloopError({
        code: EXIT.lockHeld,
        message: `The lock of loop "${this.#loop}" is lost.`,
      });
    }
    return null;
  }

  /** As if the lock file had been deleted under its holder. */
  lose(): void {
    this.#held.delete(this.#loop);
  }

  release(): void {
    if (this.isHeld()) {
      this.lose();
    }
  }
}
