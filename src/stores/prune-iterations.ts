import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { storageError } from './storage-error.ts';

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
export function pruneIterations(directory: string, limits: IterationLimits): number {
  try {
    const names = Map.groupBy(readdirSync(directory), (name) => Number.parseInt(name, 10));
    const numbers = [...names.keys()]
      .filter(Number.isInteger)
      .toSorted((left, right) => right - left);
    const isOld = ({ sinceEpochMs }: IterationLimits, number: number): boolean =>
      sinceEpochMs !== null &&
      (names.get(number) ?? []).every((name) => isOlder(join(directory, name), sinceEpochMs));
    const old = numbers.filter(
      (number, index) => index >= ALWAYS_KEPT && (isBeyond(index, limits) || isOld(limits, number)),
    );
    for (const number of old) {
      names.get(number)?.forEach((name) => {
        rmSync(join(directory, name), { recursive: true, force: true });
      });
    }
    return old.length;
  } catch (error) {
    throw storageError(error, { verb: 'remove old iterations in', path: directory });
  }
}

const ALWAYS_KEPT = 10;

function isBeyond(index: number, { keep }: IterationLimits): boolean {
  return keep > 0 && index >= keep;
}

function isOlder(path: string, epochMs: number): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < epochMs;
}
