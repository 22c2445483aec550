import type { AttemptClaim, AttemptResult } from '../../domain/attempt.ts';
import type { ProcessIdentity } from '../../domain/process-identity.ts';
import type { LoopWorld } from '../loop-world.ts';

/** Beyond the deadline and the grace: an isolation layer sees a deadline within 5 s, and ends a tree in at most 12 s. */
const FROZEN_AFTER_MS = 20_000;

type Means = Pick<LoopWorld, 'processes' | 'clock'>;

/** How an isolation layer is brought to its end: asked to, where the attempt is to end; killed, where it does not hear. */
export class LayerEnding {
  readonly #world: Means;
  #isAsked = false;
  #wasSent = false;
  #sentAtMs = Infinity;
  #overdueSinceMs: number | null = null;
  #isFrozen = false;

  constructor(world: Means) {
    this.#world = world;
  }

  /** The attempt is to end; its isolation layer may not be there yet. */
  ask(): void {
    this.#isAsked = true;
  }

  get isAsked(): boolean {
    return this.#isAsked;
  }

  /** Asks it once, as soon as it is there. */
  passOn(isolation: ProcessIdentity): void {
    if (this.#isAsked && !this.#wasSent) {
      this.#wasSent = this.#world.processes.signal(isolation, 'SIGTERM');
      this.#sentAtMs = this.#world.clock.now();
    }
  }

  /** It keeps its deadlines itself, unless it is stopped or hangs in a system call. */
  killWhereFrozen({ isolation, deadlineEpochMs, graceMs }: AttemptClaim): void {
    const now = this.#world.clock.now();
    if (!isolation || now <= Math.min(deadlineEpochMs, this.#sentAtMs)) {
      return;
    }
    // Not since the deadline: where the machine was suspended beyond it, the agent is only now asked to end.
    this.#overdueSinceMs ??= now;
    if (now > this.#overdueSinceMs + graceMs + FROZEN_AFTER_MS) {
      this.#isFrozen = true;
      this.#world.processes.signal(isolation, 'SIGKILL');
    }
  }

  /** Of an attempt whose isolation layer has left no result. */
  whyLost(): Pick<AttemptResult, 'outcome' | 'reason'> {
    if (this.#isFrozen) {
      const reason = 'its isolation layer did not answer any more, and was ended';
      return { outcome: this.#isAsked ? 'killed' : 'timed_out', reason };
    }
    const outcome = this.#isAsked ? 'killed' : 'interrupted';
    return { outcome, reason: 'its isolation layer died without a result' };
  }
}
