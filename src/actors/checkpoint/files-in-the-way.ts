import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GitError } from './git.ts';

/**
 * What lies on disk where a former snapshot had a file, though git does not see it, as it is ignored: the file itself, a
 * file in the place of one of its folders, or files in a folder in its own place. Git would put the former one over it.
 * Throws GitError where a whole repository is in the way.
 */
export function filesInTheWay(top: string, path: string): readonly string[] {
  const parts = path.split('/');
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const at = parts.slice(0, depth).join('/');
    const kind = kindOf(join(top, at));
    if (kind === 'file') {
      return [at];
    }
    if (kind !== 'folder') {
      return [];
    }
  }
  return filesBelow(top, path);
}

function filesBelow(top: string, folder: string): string[] {
  const entries = readdirSync(join(top, folder), { withFileTypes: true });
  if (entries.some(({ name }) => name === '.git')) {
    throw new GitError(`a repository lies where a file was: ${folder}`);
  }
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      return filesBelow(top, path);
    }
    return entry.isFile() || entry.isSymbolicLink() ? [path] : [];
  });
}

/** Not through a link: what lies behind one is no part of the repository. */
export function isFile(path: string): boolean {
  try {
    return kindOf(path) === 'file' && realpathSync(dirname(path)) === dirname(path);
  } catch {
    return false;
  }
}

function kindOf(path: string): 'file' | 'folder' | 'other' | null {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    return null;
  }
  const isOne = stat.isFile() || stat.isSymbolicLink();
  return isOne ? 'file' : stat.isDirectory() ? 'folder' : 'other';
}
