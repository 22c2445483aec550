import type { Settings } from '../domain/settings.ts';
import type { AttemptStore } from '../ports/attempt-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { DataPaths } from '../stores/data-paths.ts';
import { folderBytes } from '../stores/folder-bytes.ts';
import { pruneGenerations } from '../stores/rotate-file.ts';

export interface CeilingFacts {
  readonly paths: Pick<DataPaths, 'directory' | 'events' | 'log'>;
  readonly attempts: Pick<AttemptStore, 'prune'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly maxDataMb: Settings['maxDataMb'];
  readonly warn: (message: string) => void;
}

/**
 * Keeps a loop's folder below its ceiling: first the oldest iterations go, then old generations of the log and of the
 * events. Looks every ten minutes at most, for it walks through all of the folder.
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
    const { clock, maxDataMb } = this.#facts;
    if (maxDataMb === 0 || clock.now() < this.#lookAtMs) {
      return;
    }
    this.#lookAtMs = clock.now() + LOOK_EVERY_MS;
    if (!this.#isAbove()) {
      this.#isTold = false;
      return;
    }
    this.#prune();
    if (this.#isAbove() && !this.#isTold) {
      this.#isTold = true;
      const { paths, warn } = this.#facts;
      warn(
        `${paths.directory} takes more than ${maxDataMb} MB, and nothing more of it can be removed`,
      );
    }
  }

  #prune(): void {
    const { attempts, paths } = this.#facts;
    for (const keep of FEWER_AND_FEWER) {
      if (this.#isAbove()) {
        attempts.prune({ keep, sinceEpochMs: null });
      }
    }
    for (const keep of [2, 1, 0]) {
      [paths.log, paths.events]
        .filter(() => this.#isAbove())
        .forEach((path) => pruneGenerations(path, keep));
    }
  }

  #isAbove(): boolean {
    const { paths, maxDataMb } = this.#facts;
    return folderBytes(paths.directory) > maxDataMb * 1_000_000;
  }
}

const LOOK_EVERY_MS = 600_000;
/** Iterations to be kept; the last ten always are. */
const FEWER_AND_FEWER = [500, 250, 100, 50, 25, 10];
