import { join } from 'node:path';
import { endOfOutput } from '../gates/end-of-output.ts';
import { GitError } from './git.ts';
import { findKept, isOf, keepAs } from './iteration-commit.ts';
import type { IterationWork } from './iteration-work.ts';
import { authorship, makeCommit, type Refused } from './make-commit.ts';
import type { Moved } from './movement.ts';
import { readHead, type Head, type Repository } from './repository.ts';
import { runGitHook } from './run-hook.ts';
import { stageForGood } from './stage-for-good.ts';
import { changesBetween, stage, type TreeChange } from './tree-changes.ts';

export type Accepted =
  | { readonly how: 'committed'; readonly commit: string; readonly warning: string | null }
  | { readonly how: 'nothing' }
  /** Somebody committed in this very moment. */
  | { readonly how: 'overtaken' }
  | Refused;

/**
 * Commits what the iteration changed, and only that, on top of what is there: one commit. What was not committed before
 * and is as it was, stays as it was. Called again, it finds its commit and makes sure of the rest.
 */
export async function acceptWork(repository: Repository, work: IterationWork): Promise<Accepted> {
  const { base, now, moved } = work;
  const made = await findCommit(repository, work, moved);
  if (made !== null) {
    return settle(repository, work, made);
  }
  const changes = await changesBetween(repository, base.files, now.tree);
  const { git, emptyTree } = repository;
  const headTree =
    moved.commit === null ? emptyTree : await git.line(['rev-parse', `${moved.commit}^{tree}`]);
  const index = await indexWith(repository, headTree, changes);
  if ((await git.line(['write-tree'], { index })) === headTree) {
    return { how: 'nothing' };
  }
  const commit = await makeCommit(repository, work, index);
  if (typeof commit !== 'string') {
    return commit;
  }
  return (await isTaken(repository, moved, commit))
    ? settle(repository, work, commit)
    : { how: 'overtaken' };
}

async function findCommit(
  { git }: Repository,
  { base, mark }: IterationWork,
  head: Head,
): Promise<string | null> {
  if (head.commit === null || head.commit === base.commit) {
    return null;
  }
  const range = base.commit === null ? head.commit : `${base.commit}..${head.commit}`;
  const format = ['--no-show-signature', '--format=%H%x00%B%x00'];
  const fields = (await git.run(['log', ...format, range])).split('\0');
  const at = fields.findIndex((message, index) => index % 2 === 1 && isOf(message, mark));
  return at === -1 ? null : (fields[at - 1] ?? '').trim();
}

async function indexWith(
  repository: Repository,
  tree: string,
  changes: readonly TreeChange[],
): Promise<string> {
  const index = join(repository.scratch, 'index-of-the-commit');
  await repository.git.run(['read-tree', tree], { index });
  await stage(repository, changes, index);
  return index;
}

/** false: HEAD is not what it was any more. */
async function isTaken(
  { git, emptyTree }: Repository,
  moved: Moved,
  commit: string,
): Promise<boolean> {
  const was = moved.commit ?? '0'.repeat(emptyTree.length);
  try {
    await git.run(['update-ref', '-m', 'commit: autoloop', 'HEAD', commit, was]);
    return true;
  } catch (error) {
    if (error instanceof GitError) {
      return false;
    }
    throw error;
  }
}

/** The name that it is kept by says that nothing is left to do. */
async function settle(
  repository: Repository,
  work: IterationWork,
  commit: string,
): Promise<Accepted> {
  const { git, emptyTree } = repository;
  const { mark } = work;
  const parent = await git.perhaps(['rev-parse', '--verify', '--quiet', `${commit}^1`]);
  await stageForGood(repository, await changesBetween(repository, parent ?? emptyTree, commit));
  if ((await findKept(repository, { kind: 'accepted', mark })) !== null) {
    return { how: 'committed', commit, warning: null };
  }
  const warning = await tellCommitted(repository);
  // The hook may have amended it.
  const last = (await findCommit(repository, work, await readHead(repository))) ?? commit;
  await keepAs(repository, { kind: 'accepted', commit: last, mark });
  return { how: 'committed', commit: last, warning };
}

const LONGEST_TOLD = 500;

/** The hook that can refuse nothing any more. Answers what the operator should know, or null. */
async function tellCommitted(repository: Repository): Promise<string | null> {
  const { git, index } = repository;
  const hook = { name: 'post-commit', args: [], index, env: await authorship(git) } as const;
  const end = await runGitHook(repository, hook);
  if (end === null) {
    return null;
  }
  const how = end.how === 'exited' ? (end.detail ?? `exit code ${end.exitCode}`) : end.how;
  const words = endOfOutput(end.output, LONGEST_TOLD);
  return `the work is committed, but the hook post-commit failed (${how})${words && `: ${words}`}`;
}
