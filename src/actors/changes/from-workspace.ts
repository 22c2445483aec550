import { relative } from 'node:path';

/** A path below a repository's top, as seen from the workspace, which lies at `prefix` below it. */
export function fromWorkspace(path: string, prefix: string): string {
  return prefix === '' ? path : relative(`/${prefix}`, `/${path}`);
}
