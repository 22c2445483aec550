import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Removal } from '../../domain/retention.ts';
import { storageError } from '../storage-error.ts';

/** Again after a crash, it goes on where it was. Throws AutoloopError 155. */
export function removeOld(directory: string, removals: readonly Removal[]): void {
  try {
    for (const path of removals.flatMap(({ paths }) => paths)) {
      rmSync(join(directory, path), { recursive: true, force: true });
    }
  } catch (error) {
    throw storageError(error, { verb: 'remove what is old in', path: directory });
  }
}
