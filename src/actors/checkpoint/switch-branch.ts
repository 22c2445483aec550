import { readHead, type Repository } from './repository.ts';
import type { StartRefusal } from './start-refusal.ts';

/**
 * Takes the workspace to the loop's own branch, which begins where it is. Whatever is not committed comes along; nothing
 * is overwritten. Answers why not, or null.
 */
export async function switchToOwnBranch(
  repository: Repository,
  loop: string,
): Promise<StartRefusal | null> {
  const { git } = repository;
  const name = `autoloop/${loop}`;
  const head = await readHead(repository);
  if (head.branch === `refs/heads/${name}`) {
    return null;
  }
  if (head.commit === null) {
    await git.run(['symbolic-ref', 'HEAD', `refs/heads/${name}`]);
    return null;
  }
  const there = await git.perhaps(['rev-parse', '--verify', '--quiet', `refs/heads/${name}`]);
  if (there === null) {
    await git.run(['switch', '--quiet', '--no-track', '--create', name]);
    return null;
  }
  const isBehind = await isAncestor(repository, there, head.commit);
  if (!isBehind && !(await isAncestor(repository, head.commit, there))) {
    return {
      why: `the branch ${name} and what is checked out have gone apart`,
      fix: 'merge them, or rename the branch',
    };
  }
  // What git says where it would overwrite something, or the branch is checked out elsewhere, is the reason.
  await git.run(['switch', '--quiet', name]);
  if (isBehind) {
    await git.run(['merge', '--quiet', '--ff-only', head.commit]);
  }
  return null;
}

export async function isAncestor(
  { git }: Repository,
  ancestor: string,
  commit: string,
): Promise<boolean> {
  return (await git.perhaps(['merge-base', '--is-ancestor', ancestor, commit])) !== null;
}
