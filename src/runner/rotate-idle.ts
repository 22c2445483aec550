import { existsSync } from 'node:fs';
import type { Rotation, RotationRequest } from '../domain/rotation.ts';
import { dataPaths } from '../stores/data-paths.ts';
import { rotateFile } from '../stores/rotate-file.ts';
import { SqliteLoopLock } from '../stores/sqlite-loop-lock.ts';

interface IdleLoop {
  readonly loop: string;
  /** Absolute path of `data/<loop>`. */
  readonly directory: string;
  readonly stopCommand: string;
}

/** Rotates the files of a loop that nobody runs, under its lock. Throws AutoloopError 152 where somebody does. */
export async function rotateIdle(
  { loop, directory, stopCommand }: IdleLoop,
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
    stopCommand,
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
