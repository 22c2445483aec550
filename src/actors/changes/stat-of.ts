import { lstatSync, type Stats } from 'node:fs';

/** null: nothing lies there, be it that a file lies where its folder was. */
export function statOf(path: string): Stats | null {
  try {
    return lstatSync(path.replace(/\/$/, ''), { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') {
      return null;
    }
    throw error;
  }
}
