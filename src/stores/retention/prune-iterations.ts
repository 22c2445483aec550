import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { storageError } from '../storage-error.ts';
import { ALWAYS_KEPT, isOlder, keptIterations } from './kept-iterations.ts';

export interface IterationLimits {
  /** How many are kept; 0: all. The last ten always are: their numbers tell which comes next. */
  readonly keep: number;
  /** Those that nobody has written to since are removed; null: no limit. */
  readonly sinceEpochMs: number | null;
}

/**
 * Removes what old iterations left in `iterations/`: their output and their folders; how many there were. Again after a
 * crash, it goes on where it was. Throws AutoloopError 155.
 */
export function pruneIterations(
  directory: string,
  { keep, sinceEpochMs }: IterationLimits,
): number {
  try {
    const old = keptIterations(directory).filter(
      ({ names }, index) =>
        index >= ALWAYS_KEPT &&
        ((keep > 0 && index >= keep) ||
          (sinceEpochMs !== null && isOlder(directory, names, sinceEpochMs))),
    );
    for (const name of old.flatMap(({ names }) => names)) {
      rmSync(join(directory, name), { recursive: true, force: true });
    }
    return old.length;
  } catch (error) {
    throw storageError(error, { verb: 'remove old iterations in', path: directory });
  }
}
