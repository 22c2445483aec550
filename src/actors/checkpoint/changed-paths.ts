import { readBase } from './base.ts';
import type { CheckpointScope } from './checkpoint-scope.ts';
import { GitError } from './git.ts';
import { openRepository, tidy } from './repository.ts';
import { takeSnapshot } from './snapshot.ts';
import { changesBetween } from './tree-changes.ts';

const MOST_PATHS = 20;

/** What an iteration has changed so far, by its checkpoint; empty where git cannot tell. */
export async function changedPaths(scope: CheckpointScope): Promise<readonly string[]> {
  try {
    const repository = await openRepository(scope.place);
    const base = await readBase(repository, scope);
    if (base === null) {
      return [];
    }
    const known = { tree: base.files, ignored: base.ignored };
    const { tree } = await takeSnapshot(repository, known);
    const changes = await changesBetween(repository, base.files, tree);
    tidy(repository);
    const more = changes.length - MOST_PATHS;
    const paths = changes.slice(0, MOST_PATHS).map(({ path }) => path);
    return more > 0 ? [...paths, `and ${more} more`] : paths;
  } catch (error) {
    if (error instanceof GitError) {
      return [];
    }
    throw error;
  }
}
