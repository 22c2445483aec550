import type { Git } from './git.ts';
import { isOf, plainCommit, trailers, type IterationMark } from './iteration-commit.ts';
import type { Head, Repository } from './repository.ts';

/** What everything was like before the worker; kept in git, so that it outlives whatever becomes of files. */
export interface Base extends Head {
  /** Tree of the files. */
  readonly files: string;
  /** Tree of what was staged. */
  readonly staged: string;
  readonly ignored: readonly string[];
}

/** One commit holds it all: its tree has the files, the index and the list of what was ignored. Replaces the last one. */
export async function writeBase(
  { git, loop }: { readonly git: Git; readonly loop: string },
  base: Base,
  mark: IterationMark,
): Promise<void> {
  const input = base.ignored.map((path) => `${path}\0`).join('');
  const ignored = await git.line(['hash-object', '-w', '--stdin'], { input });
  const entries = [
    `040000 tree ${base.files}\tfiles`,
    `100644 blob ${ignored}\tignored`,
    `040000 tree ${base.staged}\tstaged`,
  ];
  const tree = await git.line(['mktree'], { input: entries.map((line) => `${line}\n`).join('') });
  const message = `autoloop: before iteration ${mark.iteration}\n\n${BRANCH}${base.branch ?? ''}\n\n${trailers(mark)}\n`;
  const parents = base.commit === null ? [] : [base.commit];
  const commit = await plainCommit(git, { tree, parents, message });
  await git.run(['update-ref', baseRef(loop), commit]);
}

/** null: no worker of this iteration was prepared here. */
export async function readBase(
  { git }: Repository,
  { loop, mark }: { readonly loop: string; readonly mark: IterationMark },
): Promise<Base | null> {
  const ref = baseRef(loop);
  const commit = await git.perhaps(['rev-parse', '--verify', '--quiet', ref]);
  if (commit === null) {
    return null;
  }
  const told = await git.run(['log', '-1', '--no-show-signature', '--format=%P%x00%B', commit]);
  const [parent = '', message = ''] = told.split('\0');
  if (!isOf(message, mark)) {
    return null;
  }
  const paths = ['files', 'staged'].map((name) => `${commit}:${name}`);
  const [files = '', staged = ''] = (await git.line(['rev-parse', ...paths])).split('\n');
  const ignored = await git.list(['cat-file', 'blob', `${commit}:ignored`]);
  const branch = message.split('\n').find((line) => line.startsWith(BRANCH)) ?? '';
  return {
    commit: parent.trim() || null,
    branch: branch.slice(BRANCH.length) || null,
    ...{ files, staged, ignored },
  };
}

/**
 * Where exactly these files were left by the iteration before, uncommitted, and nothing has come since: what everything
 * was like before that iteration. null: they were not.
 */
export async function readLeftover(
  repository: Repository,
  { loop, files }: { readonly loop: string; readonly files: string },
): Promise<Pick<Base, 'files' | 'staged'> | null> {
  if (!(await pendingTrees(repository, loop)).includes(files)) {
    return null;
  }
  const last = baseRef(loop);
  const trees = await repository.git.line(['rev-parse', `${last}:files`, `${last}:staged`]);
  const [before = files, staged = files] = trees.split('\n');
  return { files: before, staged };
}

/** What the iteration that was begun last had to leave uncommitted. */
export async function pendingTrees({ git }: Repository, loop: string): Promise<string[]> {
  const last = await git.perhaps(['rev-parse', '--verify', '--quiet', baseRef(loop)]);
  const format = '--format=%(tree)%00%(contents)%00';
  const fields = (await git.run(['for-each-ref', format, 'refs/autoloop/pending/'])).split('\0');
  if (last === null || fields.length < 2) {
    return [];
  }
  const begun = await git.run(['log', '-1', '--no-show-signature', '--format=%B', last]);
  const isOfLast = (message: string): boolean => lastParagraph(message) === lastParagraph(begun);
  return fields
    .filter((_, at) => at % 2 === 0 && isOfLast(fields[at + 1] ?? ''))
    .map((tree) => tree.trim());
}

function lastParagraph(message: string): string {
  return message.trimEnd().split('\n\n').at(-1) ?? '';
}

const BRANCH = 'Branch: ';

/** Each worktree has its own. */
function baseRef(loop: string): string {
  return `refs/worktree/autoloop/base/${encodeURIComponent(loop).replaceAll(/[^\w-]/g, '_')}`;
}
