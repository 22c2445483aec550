import { join } from 'node:path';
import type { DataPaths } from '../stores/data-paths.ts';
import { fileAt } from '../stores/open-file.ts';
import { readOwner } from '../stores/owner-file.ts';

/**
 * Where a runner of this loop may listen: where its owner file says, and in the data folder, which may lie under
 * another path than the runner knows, or have lost that file.
 */
export function loopSockets(paths: DataPaths): readonly string[] {
  const inside = join(paths.directory, 'control.sock');
  const sockets = new Set([readOwner(paths.owner)?.socket ?? inside, inside]);
  return [...sockets].filter((path) => fileAt(path) !== null);
}
