import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitError } from './git.ts';
import { committer, isOf, keepAs, type IterationMark } from './iteration-commit.ts';
import type { IterationWork } from './iteration-work.ts';
import type { Moved } from './movement.ts';
import type { Repository } from './repository.ts';
import { runGitHook } from './run-hook.ts';
import { stageForGood } from './stage-for-good.ts';
import { changesBetween, stage, type TreeChange } from './tree-changes.ts';

export type Accepted =
  | { readonly how: 'committed'; readonly commit: string }
  | { readonly how: 'nothing' }
  /** Somebody committed in this very moment. */
  | { readonly how: 'overtaken' }
  | { readonly how: 'refused'; readonly by: string; readonly output: string };

/**
 * Commits what the iteration changed, and only that, on top of what is there: one commit. What was not committed before
 * and is as it was, stays as it was. Called again, it finds its commit and makes sure of the rest.
 */
export async function acceptWork(repository: Repository, work: IterationWork): Promise<Accepted> {
  const { base, now, moved, mark } = work;
  const made = await findCommit(repository, work);
  if (made !== null) {
    return settle(repository, { commit: made, mark });
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
    ? settle(repository, { commit, mark })
    : { how: 'overtaken' };
}

async function findCommit(
  { git }: Repository,
  { base, moved, mark }: IterationWork,
): Promise<string | null> {
  if (moved.commit === null || moved.commit === base.commit) {
    return null;
  }
  const range = base.commit === null ? moved.commit : `${base.commit}..${moved.commit}`;
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

/** As `git commit` would, with the hooks that may refuse; a signature where the user wants one. */
async function makeCommit(
  repository: Repository,
  { moved, message }: IterationWork,
  index: string,
): Promise<string | Extract<Accepted, { how: 'refused' }>> {
  const { git, scratch } = repository;
  const file = join(scratch, 'message');
  writeFileSync(file, message);
  for (const name of ['pre-commit', 'commit-msg'] as const) {
    const args = name === 'commit-msg' ? [file] : [];
    const refused = await runGitHook(repository, { name, args, index });
    if (refused !== null) {
      return { how: 'refused', by: `the hook ${name}`, output: refused.output };
    }
  }
  const tree = await git.line(['write-tree'], { index });
  const parents = moved.commit === null ? [] : ['-p', moved.commit];
  const signs = await git.perhaps(['config', '--type=bool', 'commit.gpgSign']);
  const sign = signs === 'true' ? ['-S'] : [];
  try {
    return await git.line(['commit-tree', ...sign, ...parents, tree], {
      input: readFileSync(file, 'utf8'),
      env: await committer(git),
    });
  } catch (error) {
    if (error instanceof GitError) {
      return { how: 'refused', by: 'git', output: error.message };
    }
    throw error;
  }
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

async function settle(
  repository: Repository,
  { commit, mark }: { readonly commit: string; readonly mark: IterationMark },
): Promise<Accepted> {
  const { git, emptyTree } = repository;
  const parent = await git.perhaps(['rev-parse', '--verify', '--quiet', `${commit}^1`]);
  await stageForGood(repository, await changesBetween(repository, parent ?? emptyTree, commit));
  await keepAs(repository, { kind: 'accepted', commit, mark });
  return { how: 'committed', commit };
}
