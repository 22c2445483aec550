import { relative } from 'node:path';

/** A path as short as it is clear: from the current folder where it lies below it. */
export function pathText(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short.startsWith('..') ? path : short || '.';
}
