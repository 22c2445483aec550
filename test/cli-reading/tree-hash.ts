import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Changes when anything in a folder does: names, kinds, modes, times of change, contents. */
export function treeHash(directory: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' }).toSorted()) {
    const path = join(directory, name);
    const { mode, mtimeMs, size } = lstatSync(path);
    hash.update(`${name} ${mode} ${mtimeMs} ${size}\n`);
    if (lstatSync(path).isFile()) {
      hash.update(readFileSync(path));
    }
  }
  return hash.digest('hex');
}
