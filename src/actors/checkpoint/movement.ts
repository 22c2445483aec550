import type { Base } from './base.ts';
import { REFLOG_ACTION } from './reflog-action.ts';
import { readHead, unfinishedBusiness, type Head, type Repository } from './repository.ts';
import { isAncestor } from './switch-branch.ts';

/**
 * What became of the history since. `still`: nothing · `by the worker`: it committed, and nobody else did · `forward`:
 * somebody else committed, too · `elsewhere`: another branch, or another history: nobody can tell whose work is whose.
 */
export type Movement = 'still' | 'by the worker' | 'forward' | 'elsewhere';

export interface Moved extends Head {
  readonly how: Movement;
}

export async function movedSince(repository: Repository, base: Base): Promise<Moved> {
  const head = await readHead(repository);
  return { ...head, how: await howMoved(repository, base, head) };
}

async function howMoved(repository: Repository, base: Base, head: Head): Promise<Movement> {
  if (head.branch !== base.branch || unfinishedBusiness(repository) === 'a rebase') {
    return 'elsewhere';
  }
  if (head.commit === base.commit) {
    return 'still';
  }
  if (head.commit === null) {
    return 'elsewhere';
  }
  if (base.commit !== null && !(await isAncestor(repository, base.commit, head.commit))) {
    return 'elsewhere';
  }
  return (await isAllOfTheWorker(repository, base, head.commit)) ? 'by the worker' : 'forward';
}

/** By the log of HEAD, newest first, down to where it was. Without one, or with a gap in it, nobody knows. */
async function isAllOfTheWorker({ git }: Repository, base: Base, commit: string): Promise<boolean> {
  const log = await git
    .run(['log', '--walk-reflogs', '--no-show-signature', '--format=%H%x00%gs', 'HEAD', '--'])
    .catch(() => '');
  let expected = commit;
  for (const line of log.split('\n').filter(Boolean)) {
    const [sha = '', action = ''] = line.split('\0');
    if (sha === base.commit) {
      return true;
    }
    if (sha !== expected || !action.startsWith(REFLOG_ACTION)) {
      return false;
    }
    expected = (await git.perhaps(['rev-parse', '--verify', '--quiet', `${sha}^1`])) ?? '';
  }
  return base.commit === null && expected === '' && log !== '';
}
