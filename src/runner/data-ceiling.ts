import { KEEP_ALL } from '../domain/retention.ts';
import type { Settings } from '../domain/settings.ts';
import type { Clock } from '../ports/clock.ts';
import { folderBytes } from '../stores/folder-bytes.ts';
import { planRemovals, type RetentionPaths } from '../stores/retention/plan-removals.ts';
import { removeOld } from '../stores/retention/remove-old.ts';

export interface CeilingFacts {
  readonly paths: RetentionPaths;
  readonly clock: Pick<Clock, 'now'>;
  readonly settings: Pick<Settings, 'maxDataMb' | 'rotateDays'>;
  readonly warn: (message: string) => void;
}

/**
 * Keeps a loop's folder below its ceiling: first the oldest iterations go, then old generations of the log and of the
 * events; and those that are too old. Looks every ten minutes at most, for it walks through all of the folder.
 */
export class DataCeiling {
  readonly #facts: CeilingFacts;
  #lookAtMs = 0;
  #isTold = false;

  constructor(facts: CeilingFacts) {
    this.#facts = facts;
  }

  /** Throws AutoloopError (153, 155). */
  look(): void {
    const { clock, paths, settings } = this.#facts;
    const { maxDataMb, rotateDays } = settings;
    const now = clock.now();
    if ((maxDataMb === 0 && rotateDays === 0) || now < this.#lookAtMs) {
      return;
    }
    this.#lookAtMs = now + LOOK_EVERY_MS;
    const rules = { ...KEEP_ALL, maxDataMb, rotateDays };
    removeOld(paths.directory, planRemovals(paths, { rules, now }));
    this.#tell();
  }

  /** Once, until it is below again. */
  #tell(): void {
    const { paths, settings, warn } = this.#facts;
    const { maxDataMb } = settings;
    const isAbove = maxDataMb > 0 && folderBytes(paths.directory) > maxDataMb * 1_000_000;
    if (isAbove && !this.#isTold) {
      warn(
        `${paths.directory} takes more than ${maxDataMb} MB, and nothing more of it can be removed`,
      );
    }
    this.#isTold = isAbove;
  }
}

const LOOK_EVERY_MS = 600_000;
