import { existsSync, realpathSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Git, type GitScope } from './git.ts';

/** The repository a workspace lies in. Paths are absolute, but for those that end in `prefix`. */
export interface Repository {
  /** At its top. */
  readonly git: Git;
  readonly top: string;
  readonly gitDir: string;
  readonly index: string;
  /** The workspace below the top, with a slash at its end; empty: it is the top. */
  readonly prefix: string;
  /** The data folder below the top, likewise; null: it lies elsewhere. */
  readonly dataPrefix: string | null;
  /** Of an empty tree, in the repository's own kind of hash. */
  readonly emptyTree: string;
  /** Where files that are needed for a moment may lie. */
  readonly scratch: string;
}

export interface RepositoryPlace extends GitScope {
  /** The loop's folder below the data folder. */
  readonly dataDirectory: string;
}

/** Throws GitError where there is none that work can be kept in. */
export async function openRepository(place: RepositoryPlace): Promise<Repository> {
  const asked = new Git(place);
  const answer = await asked.line([
    ...['rev-parse', '--show-toplevel', '--absolute-git-dir', '--show-prefix'],
    ...['--path-format=absolute', '--git-path', 'index'],
  ]);
  const [top = '', gitDir = '', prefix = '', index = ''] = answer.split('\n');
  const git = new Git({ ...place, cwd: top });
  return {
    ...{ git, top, gitDir, prefix, index },
    dataPrefix: below(top, place.dataDirectory),
    emptyTree: await git.line(['mktree'], { input: '' }),
    scratch: join(place.dataDirectory, 'checkpoint'),
  };
}

function below(top: string, directory: string): string | null {
  const real = existsSync(directory) ? realpathSync(directory) : directory;
  const path = relative(top, real);
  return path === '' || path.startsWith('..') ? null : `${path}/`;
}

/** What was needed for a moment, is not any more. */
export function tidy({ scratch }: Repository): void {
  rmSync(scratch, { recursive: true, force: true });
}

export interface Head {
  /** null: nothing was committed yet. */
  readonly commit: string | null;
  /** `refs/heads/main`; null: detached. */
  readonly branch: string | null;
}

export async function readHead({ git }: Repository): Promise<Head> {
  const [commit, branch] = await Promise.all([
    git.perhaps(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']),
    git.perhaps(['symbolic-ref', '--quiet', 'HEAD']),
  ]);
  return { commit, branch };
}

/** What somebody is in the middle of; null: nothing. */
export function unfinishedBusiness({ gitDir }: Repository): string | null {
  const found = BUSINESS.find(([file]) => existsSync(join(gitDir, file)));
  return found?.[1] ?? null;
}

const BUSINESS = [
  ['MERGE_HEAD', 'a merge'],
  ['rebase-merge', 'a rebase'],
  ['rebase-apply', 'a rebase'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick'],
  ['REVERT_HEAD', 'a revert'],
] as const;

export function isIn(prefix: string | null, path: string): boolean {
  return prefix !== null && (path.startsWith(prefix) || `${path}/` === prefix);
}
