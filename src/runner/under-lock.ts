import { existsSync } from 'node:fs';
import { dataPaths, type DataPaths } from '../stores/data-paths.ts';
import type { LockedLoop } from '../stores/lock-holder.ts';
import { SqliteLoopLock } from '../stores/sqlite-loop-lock.ts';

export interface IdleLoop {
  readonly loop: string;
  /** Absolute path of `data/<loop>`. */
  readonly directory: string;
  readonly command: LockedLoop['command'];
}

/** Does something to the files of a loop that nobody runs. null: it has none. Throws AutoloopError 152 where somebody runs it. */
export async function underLock<Result>(
  { loop, directory, command }: IdleLoop,
  act: (paths: DataPaths) => Result,
): Promise<Result | null> {
  if (!existsSync(directory)) {
    return null;
  }
  const paths = dataPaths(directory);
  const lock = new SqliteLoopLock({ name: loop, lock: paths.lock, owner: paths.owner, command });
  await lock.acquire();
  try {
    return act(paths);
  } finally {
    lock.release();
  }
}
