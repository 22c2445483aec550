import { fstatSync, lstatSync, type Stats } from 'node:fs';

/** Tells a file as we left it from one that somebody else wrote, replaced or touched since. */
export interface FileMark {
  readonly device: number;
  readonly inode: number;
  readonly size: number;
  readonly modifiedMs: number;
}

/** Of what lies at the path itself, links not followed; null: nothing, or it cannot be reached. */
export function markAt(path: string): FileMark | null {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    return found === undefined ? null : markIn(found);
  } catch {
    return null;
  }
}

export function markOf(fd: number): FileMark {
  return markIn(fstatSync(fd));
}

export function isSameMark(left: FileMark | null, right: FileMark | null): boolean {
  return left === null || right === null
    ? left === right
    : left.inode === right.inode &&
        left.size === right.size &&
        left.modifiedMs === right.modifiedMs &&
        left.device === right.device;
}

/** ISO-8601 UTC; null: there is none. */
export function changedAt(path: string): string | null {
  const mark = markAt(path);
  return mark && new Date(mark.modifiedMs).toISOString();
}

function markIn({ dev, ino, size, mtimeMs }: Stats): FileMark {
  return { device: dev, inode: ino, size, modifiedMs: mtimeMs };
}
