/** The mutex of one loop: dies with its holder, whatever kills it. */
export interface LoopLock {
  /** Rejects with AutoloopError 152 naming the owner, or 155 with the path. Held already: does nothing. */
  acquire(): Promise<void>;
  /** false: the lock file was deleted or replaced under us; nothing may be started or written any more. */
  isHeld(): boolean;
  release(): void;
}
