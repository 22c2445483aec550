import type { JournalStart, JournalStep } from '../domain/journal.ts';

/** The machine events of one run. One writer: the runner that holds the lock. */
export interface Journal {
  /** Number of the last step kept, 0 where there is none. */
  readonly lastStep: number;
  /** Throws AutoloopError (153, 155) when it cannot be kept. */
  begin(start: JournalStart): void;
  /** One write. `before` tells where it begins, should a new file have to. Throws AutoloopError (153, 155). */
  append(step: JournalStep, before: () => JournalStart): void;
}
