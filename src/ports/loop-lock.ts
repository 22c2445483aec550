/** The mutex of one loop: dies with its holder, whatever kills it. */
export interface LoopLock {
  /** Rejects with AutoloopError 152 naming the owner, or 155 with the path. Held already: does nothing. */
  acquire(): Promise<void>;
  /** false: the lock file was deleted or replaced under us. */
  isHeld(): boolean;
  /** false: it is not certain that nobody else got the loop; nothing may be started or written any more. */
  isOurs(): boolean;
  /**
   * Takes the lock file anew where it was deleted, replaced or written into and it is certain that nobody else got the
   * loop. What was wrong with it; null: nothing. Throws AutoloopError 152 where it is not certain: the lock is lost.
   */
  mend(): string | null;
  release(): void;
}
