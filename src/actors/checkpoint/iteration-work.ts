import type { Base } from './base.ts';
import type { IterationMark } from './iteration-commit.ts';
import type { Moved } from './movement.ts';
import type { Snapshot } from './snapshot.ts';

/** What an iteration leaves: it is committed, or taken back. */
export interface IterationWork {
  readonly base: Base;
  readonly now: Snapshot;
  readonly moved: Moved;
  readonly mark: IterationMark;
  /** Of the commit, its trailers included. */
  readonly message: string;
}
