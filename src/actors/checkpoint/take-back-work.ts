import type { Base } from './base.ts';
import { GitError } from './git.ts';
import { findKept, keepAs, plainCommit } from './iteration-commit.ts';
import type { IterationWork } from './iteration-work.ts';
import type { Moved } from './movement.ts';
import type { Repository } from './repository.ts';
import type { Snapshot } from './snapshot.ts';
import { stageTree } from './stage-for-good.ts';
import { changesBetween, treeWith } from './tree-changes.ts';

export type TakenBack =
  | { readonly how: 'taken back'; readonly ref: string }
  | { readonly how: 'nothing' }
  /** Somebody changed a file in this very moment. */
  | { readonly how: 'overtaken'; readonly why: string };

/**
 * Keeps everything as it is now under a ref, then makes it what it was before. What others committed meanwhile stays.
 * Each step looks first whether it is done: called again after a crash, it goes on.
 */
export async function takeBackWork(
  repository: Repository,
  work: IterationWork,
): Promise<TakenBack> {
  const { base, now, moved } = work;
  const goal = moved.how === 'forward' ? await withTheirs(repository, work) : base;
  const leaves = moved.how === 'by the worker';
  const isDone = now.tree === goal.files && now.staged === goal.staged && !leaves;
  if (isDone) {
    return answer(repository, work);
  }
  if (now.tree !== goal.files || leaves) {
    await keepNow(repository, work);
  }
  const problem = await restoreFiles(repository, now, goal.files);
  if (problem !== null) {
    return { how: 'overtaken', why: problem };
  }
  if (now.staged !== goal.staged) {
    await stageTree(repository, goal.staged);
  }
  await forgetMerge(repository);
  if (leaves && !(await headIsBack(repository, base, moved))) {
    return { how: 'overtaken', why: 'somebody committed while work was taken back' };
  }
  return answer(repository, work);
}

/** The first ref that keeps work of this iteration: the same however often, and by how many runners, it was taken back. */
async function answer(repository: Repository, { mark }: IterationWork): Promise<TakenBack> {
  const ref = await findKept(repository, { kind: 'discarded', mark });
  return ref === null ? { how: 'nothing' } : { how: 'taken back', ref };
}

/** As before, with what others committed. */
async function withTheirs(
  repository: Repository,
  { base, moved }: IterationWork,
): Promise<{ files: string; staged: string }> {
  const before = base.commit ?? repository.emptyTree;
  const theirs = await changesBetween(repository, before, moved.commit ?? before);
  return {
    files: await treeWith(repository, base.files, theirs),
    staged: await treeWith(repository, base.staged, theirs),
  };
}

async function keepNow(
  repository: Repository,
  { now, moved, mark, message }: IterationWork,
): Promise<void> {
  const parents = moved.commit === null ? [] : [moved.commit];
  const commit = await plainCommit(repository.git, { tree: now.tree, parents, message });
  await keepAs(repository, { kind: 'discarded', commit, mark });
}

/** Git itself looks that no file is other than it was kept, and then writes; else it writes nothing. */
async function restoreFiles(
  { git }: Repository,
  { tree, index }: Snapshot,
  files: string,
): Promise<string | null> {
  if (tree === files) {
    return null;
  }
  try {
    await git.run(['read-tree', '-m', '-u', tree, files], { index });
    return null;
  } catch (error) {
    if (error instanceof GitError) {
      return error.message;
    }
    throw error;
  }
}

/** There was none before: it is the worker's. Files and index are as they should be by now. */
async function forgetMerge({ git }: Repository): Promise<void> {
  for (const command of ['merge', 'cherry-pick', 'revert']) {
    await git.ask([command, '--quit'], { accepts: [1, 128] });
  }
}

async function headIsBack({ git }: Repository, base: Base, moved: Moved): Promise<boolean> {
  const reason = ['-m', 'autoloop: take back'];
  const was = moved.commit ?? '';
  try {
    await (base.commit === null
      ? git.run(['update-ref', ...reason, '-d', 'HEAD', was])
      : git.run(['update-ref', ...reason, 'HEAD', base.commit, was]));
    return true;
  } catch (error) {
    if (error instanceof GitError) {
      return false;
    }
    throw error;
  }
}
