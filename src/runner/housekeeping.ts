import type { EventDraft } from '../domain/event.ts';
import type { PruneRequest, Removal } from '../domain/retention.ts';
import type { Rotation, RotationRequest } from '../domain/rotation.ts';
import type { KeptFile } from '../stores/kept-file.ts';
import type { ControlServer } from './control-server.ts';
import { DataCeiling } from './data-ceiling.ts';
import { guardLoop } from './guard-loop.ts';
import type { LoopFiles } from './loop-files.ts';
import type { LoopPlan } from './loop-plan.ts';
import { LogRotation } from './log-rotation.ts';
import { Pruning } from './pruning.ts';
import { RegularLook } from './regular-look.ts';
import { beat } from './run-bounds.ts';
import type { TamperGuard } from './tamper-guard.ts';

export interface Household {
  readonly plan: LoopPlan;
  readonly files: LoopFiles;
  readonly control: ControlServer;
  /** Files that only this runner writes, once they are there. */
  readonly own: () => readonly KeptFile[];
  readonly iteration: () => number;
  readonly record: (event: EventDraft) => void;
  readonly warn: (code: string, message: string) => void;
}

/** Keeps the loop's folder in order while its runner lives: undoes tampering, rotates, bounds its size. */
export class Housekeeping {
  readonly guard: TamperGuard;
  readonly #rotation: LogRotation;
  readonly #ceiling: DataCeiling;
  readonly #pruning: Pruning;
  readonly #regular: RegularLook;

  constructor(household: Household) {
    const { plan, files, control, own, iteration, record, warn } = household;
    const { settings } = plan;
    this.guard = guardLoop({
      ...{ files, control, own, iteration },
      warn: (message) => warn('tampered', message),
    });
    this.#rotation = new LogRotation({ files, settings, record });
    this.#ceiling = new DataCeiling({
      ...{ paths: files.paths, clock: files.clock, settings },
      warn: (message) => warn('data_ceiling', message),
    });
    this.#pruning = new Pruning({ files, settings, record });
    this.#regular = new RegularLook(() => {
      if (settings.maxRuntime > 0) {
        beat(files.paths.heartbeat);
      }
      this.guard.look();
    });
  }

  /** At each step of the machine. Throws AutoloopError (152, 153, 155). */
  look(): void {
    this.guard.look();
    this.#rotation.look();
    this.#ceiling.look();
  }

  /** Between the steps, too; more often while a worker may be alive. */
  lookRegularly(isAtWork: boolean): void {
    this.#regular.changed(isAtWork);
  }

  rotate(asked: RotationRequest): readonly Rotation[] {
    return this.#rotation.now(asked);
  }

  prune(asked: PruneRequest): readonly Removal[] {
    return this.#pruning.now(asked);
  }

  end(): void {
    this.#regular.end();
  }
}
