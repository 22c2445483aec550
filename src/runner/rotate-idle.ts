import { existsSync } from 'node:fs';
import type { Rotation, RotationRequest } from '../domain/rotation.ts';
import { dataPaths } from '../stores/data-paths.ts';
import type { LockedLoop } from '../stores/lock-holder.ts';
import { rotateFile } from '../stores/rotate-file.ts';
import { SqliteLoopLock } from '../stores/sqlite-loop-lock.ts';

interface IdleLoop {
  readonly loop: string;
  /** Absolute path of `data/<loop>`. */
  readonly directory: string;
  readonly command: LockedLoop['command'];
}

/** Rotates the files of a loop that nobody runs, under its lock. Throws AutoloopError 152 where somebody does. */
export async function rotateIdle(
  { loop, directory, command }: IdleLoop,
  { eventsOnly, keep }: RotationRequest & { readonly keep: number },
): Promise<readonly Rotation[]> {
  if (!existsSync(directory)) {
    return [];
  }
  const paths = dataPaths(directory);
  const lock = new SqliteLoopLock({
    name: loop,
    lock: paths.lock,
    owner: paths.owner,
    command,
  });
  await lock.acquire();
  try {
    return [paths.events, ...(eventsOnly ? [] : [paths.log])]
      .map((path) => rotateFile(path, keep))
      .filter((rotation) => rotation !== null);
  } finally {
    lock.release();
  }
}
