import type { AgentExit } from '../agent.ts';
import { deathSignal } from '../death-signal.ts';
import type { ErrorLine } from './error-line.ts';

/**
 * The prompt does not fit the model: opencode lets the model sum it up, and asks again. Where it does not fit then
 * either, it does so for ever, and pays for each time.
 */
export class Overflow {
  #error: ErrorLine | null = null;
  #count = 0;
  #isCompacting = false;

  get isCompacting(): boolean {
    return this.#isCompacting;
  }

  /** It overflowed, was summed up, and overflowed again. */
  get isHopeless(): boolean {
    return this.#count > 1;
  }

  begin(error: ErrorLine): void {
    this.#error = error;
    this.#count += 1;
    this.#isCompacting = true;
  }

  endCompaction(): void {
    this.#isCompacting = false;
  }

  /** A step of the agent's own: it fits again. */
  clear(): void {
    this.#error = null;
    this.#count = 0;
  }

  /** The error, where it is why the process ended; one that was ended meanwhile might have gone on. */
  errorAt(exit: AgentExit): ErrorLine | null {
    const hasGivenUp = deathSignal(exit) === null && exit.exitCode !== 0;
    return this.isHopeless || hasGivenUp ? this.#error : null;
  }
}
