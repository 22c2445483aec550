import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../error-code.ts';

/** What one iteration left in `iterations/`. */
export interface KeptIteration {
  readonly number: number;
  /** Its output and its folder, as seen from there. */
  readonly names: readonly string[];
}

/** The last ones are: their numbers tell which comes next. */
export const ALWAYS_KEPT = 10;

/** Newest first; none where there is no such folder. */
export function keptIterations(directory: string): KeptIteration[] {
  const names = Map.groupBy(namesIn(directory), (name) => Number.parseInt(name, 10));
  return [...names]
    .filter(([number]) => Number.isInteger(number))
    .map(([number, own]) => ({ number, names: own }))
    .toSorted((left, right) => right.number - left.number);
}

/** Whether nobody has written to any of it since. */
export function isOlder(directory: string, names: readonly string[], epochMs: number): boolean {
  return names.every(
    (name) => (statSync(join(directory, name), { throwIfNoEntry: false })?.mtimeMs ?? 0) < epochMs,
  );
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
