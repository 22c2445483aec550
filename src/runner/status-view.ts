import type { LoopStatus } from '../domain/loop-status.ts';
import type { RunningGate } from '../domain/validation.ts';
import { describeLoop } from './describe-loop.ts';
import type { LoopActor } from './persistence.ts';
import type { SessionParts } from './session-parts.ts';

/** What this runner says of its loop, redacted: to whoever asks, and at every change. */
export class StatusView {
  readonly #parts: SessionParts;
  readonly #actor: LoopActor;
  #since = new Date().toISOString();
  #state = '';
  #gate: RunningGate | null = null;

  constructor(parts: SessionParts, actor: LoopActor) {
    this.#parts = parts;
    this.#actor = actor;
  }

  /** Told at every change of the machine: since when it is in its state. */
  noteState(): void {
    const state = JSON.stringify(this.#actor.getSnapshot().value);
    if (state !== this.#state) {
      this.#state = state;
      this.#gate = null;
      this.#since = new Date().toISOString();
    }
  }

  /** The gate that runs while the work is validated; null: none. */
  noteGate(gate: RunningGate | null): void {
    this.#gate = gate;
  }

  status(): LoopStatus {
    const { plan, files } = this.#parts;
    const { value, context } = this.#actor.getSnapshot();
    const place = {
      loop: plan.loop,
      task: plan.task.name,
      dataDir: files.paths.directory,
      logFile: (iteration: number) => files.attempts.logFile(iteration),
    };
    const seen = { value, context, gate: this.#gate, since: this.#since, pid: process.pid };
    return plan.redactor.redactValue(describeLoop(place, seen));
  }
}
