import { Git, GitError } from '../actors/checkpoint/git.ts';
import { committer } from '../actors/checkpoint/iteration-commit.ts';
import type { Environment } from '../domain/environment.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';

export interface UndoRequest {
  readonly workspace: string;
  readonly environment: Environment;
  readonly task: string;
  readonly iteration: number;
}

export interface Undone {
  readonly iteration: number;
  /** What was undone. */
  readonly commit: string;
  /** The commit that undoes it. */
  readonly revert: string;
  /** It was there before. */
  readonly wasUndone: boolean;
}

/** Reverts the commit of an iteration; a history that others may have is not rewritten. Throws AutoloopError 150. */
export async function undoIteration(request: UndoRequest): Promise<Undone> {
  const { workspace, environment, iteration } = request;
  const named = Object.entries(environment).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  const git = new Git({ cwd: workspace, env: Object.fromEntries(named) });
  try {
    const commit = await findCommit(git, request);
    const before = await revertOf(git, commit);
    if (before !== null) {
      return { iteration, commit, revert: before, wasUndone: true };
    }
    await revert(git, commit);
    const head = await git.line(['rev-parse', 'HEAD']);
    return { iteration, commit, revert: head, wasUndone: false };
  } catch (error) {
    throw error instanceof GitError ? refusal(`Nothing was undone: ${error.message}`) : error;
  }
}

async function findCommit(git: Git, { task, iteration }: UndoRequest): Promise<string> {
  const mine = await keptOf(git, { kind: 'accepted', task, iteration });
  for (const { object } of mine) {
    if ((await git.perhaps(['merge-base', '--is-ancestor', object, 'HEAD'])) !== null) {
      return object;
    }
  }
  const [elsewhere] = mine;
  if (elsewhere) {
    throw refusal(
      `The commit of iteration ${iteration}, ${elsewhere.object}, is not part of what is checked out.`,
      'Check out the branch that has it.',
    );
  }
  const [discarded] = await keptOf(git, { kind: 'discarded', task, iteration });
  throw discarded
    ? refusal(
        `Iteration ${iteration} was taken back already.`,
        `See what it did: git show ${discarded.ref}`,
      )
    : refusal(
        `Iteration ${iteration} of task "${task}" made no commit here.`,
        'See which did: git log --grep=Autoloop-Iteration',
      );
}

/** Newest first. */
async function keptOf(
  git: Git,
  { kind, task, iteration }: { kind: string; task: string; iteration: number },
): Promise<{ ref: string; object: string }[]> {
  const format = '--format=%(refname)%00%(objectname)%00%(contents)%00';
  const place = `refs/autoloop/${kind}/${iteration}`;
  const asked = ['for-each-ref', '--sort=-committerdate', format, place, `${place}-*`];
  const fields = (await git.run(asked)).split('\0');
  const found: { ref: string; object: string }[] = [];
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [ref = '', object = '', message = ''] = fields.slice(at, at + 3);
    if (message.split('\n').includes(`Autoloop-Task: ${task}`)) {
      found.push({ ref: ref.trim(), object });
    }
  }
  return found;
}

async function revertOf(git: Git, commit: string): Promise<string | null> {
  const words = `--grep=This reverts commit ${commit}`;
  const found = await git.line([
    'log',
    '-1',
    '--fixed-strings',
    words,
    '--format=%H',
    `${commit}..HEAD`,
  ]);
  return found || null;
}

/** All or nothing: a revert that meets conflicts, or a hook that refuses it, is given up. */
async function revert(git: Git, commit: string): Promise<void> {
  const wasStaged = await isStaged(git);
  try {
    await git.run(['revert', '--no-edit', commit], {
      env: { ...(await committer(git)), GIT_EDITOR: 'true' },
    });
  } catch (error) {
    if (!(error instanceof GitError)) {
      throw error;
    }
    if ((await git.perhaps(['rev-parse', '--verify', '--quiet', 'REVERT_HEAD'])) !== null) {
      await git.run(['revert', '--abort']);
      throw refusal(
        `What came after commit ${commit} is built on it: it cannot be undone without conflicts.`,
        `Do it by hand: git revert ${commit}`,
      );
    }
    // Git begins none on what is staged; where its commit was refused, it leaves the work of the revert there.
    if (!wasStaged && (await isStaged(git))) {
      await git.run(['reset', '--quiet', '--merge']);
    }
    throw error;
  }
}

async function isStaged(git: Git): Promise<boolean> {
  return (await git.perhaps(['diff-index', '--cached', '--quiet', 'HEAD', '--'])) === null;
}

function refusal(message: string, fix?: string): AutoloopError {
  return new AutoloopError({
    code: EXIT.configuration,
    message,
    ...(fix !== undefined && { fix }),
  });
}
