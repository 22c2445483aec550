import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Rotation } from '../domain/rotation.ts';
import { noRegularFile } from './open-regular.ts';
import { syncDirectory } from './private-directory.ts';
import { storageError } from './storage-error.ts';

/**
 * Makes the file its generation `.1`, older ones one older, and removes those beyond `keep`. Only names change, and only
 * one at a time: a crash in between leaves one number free, which the next rotation takes. null: there was nothing to do.
 * Throws AutoloopError (153, 155).
 */
export function rotateFile(path: string, keep: number): Rotation | null {
  try {
    const bytes = sizeOfRegular(path);
    for (let generation = bytes === 0 ? 0 : firstFree(path); generation > 0; generation -= 1) {
      renameSync(generation === 1 ? path : `${path}.${generation - 1}`, `${path}.${generation}`);
    }
    const pruned = pruneGenerations(path, keep);
    syncDirectory(dirname(path));
    return bytes === 0 && pruned.length === 0 ? null : { file: basename(path), bytes, pruned };
  } catch (error) {
    throw storageError(error, { verb: 'rotate', path });
  }
}

/** 0: it is not there, or empty. Throws EFTYPE for what is no file: under another name it would be in the way again. */
function sizeOfRegular(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === false) {
    throw noRegularFile(path);
  }
  return found?.size ?? 0;
}

/** Removes the generations beyond `keep`; their names. */
function pruneGenerations(path: string, keep: number): string[] {
  const old = generationsOf(path).filter((generation) => generation > keep);
  return old.map((generation) => {
    const name = `${basename(path)}.${generation}`;
    rmSync(join(dirname(path), name), { force: true });
    return name;
  });
}

function firstFree(path: string): number {
  const taken = new Set(generationsOf(path));
  let generation = 1;
  while (taken.has(generation)) {
    generation += 1;
  }
  return generation;
}

/** Numbers of the generations that are there, youngest first. */
export function generationsOf(path: string): number[] {
  const begin = `${basename(path)}.`;
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(begin) && /^[1-9]\d*$/.test(name.slice(begin.length)))
    .map((name) => Number(name.slice(begin.length)))
    .toSorted((left, right) => left - right);
}
