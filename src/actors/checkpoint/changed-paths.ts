import { fromWorkspace } from '../changes/from-workspace.ts';
import { readBase } from './base.ts';
import type { CheckpointScope } from './checkpoint-scope.ts';
import { GitError } from './git.ts';
import { openRepository, tidy } from './repository.ts';
import { takeSnapshot } from './snapshot.ts';
import { changesBetween } from './tree-changes.ts';

/** What an iteration has changed so far, by its checkpoint, as seen from the workspace; null where git cannot tell. */
export async function changedPaths(scope: CheckpointScope): Promise<readonly string[] | null> {
  try {
    const repository = await openRepository(scope.place);
    const base = await readBase(repository, scope);
    if (base === null) {
      return null;
    }
    const known = { tree: base.files, ignored: base.ignored };
    const { tree } = await takeSnapshot(repository, known);
    const changes = await changesBetween(repository, base.files, tree);
    tidy(repository);
    return changes.map(({ path }) => fromWorkspace(path, repository.prefix));
  } catch (error) {
    if (error instanceof GitError) {
      return null;
    }
    throw error;
  }
}
