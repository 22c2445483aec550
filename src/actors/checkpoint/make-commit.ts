import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitError, type Git } from './git.ts';
import { committer, isOf, trailers } from './iteration-commit.ts';
import type { IterationWork } from './iteration-work.ts';
import type { Repository } from './repository.ts';
import { runGitHook } from './run-hook.ts';

export interface Refused {
  readonly how: 'refused';
  readonly by: string;
  readonly output: string;
}

/** As `git commit --message` would: the same hooks in the same order, a signature where the user wants one. HEAD is not moved. */
export async function makeCommit(
  repository: Repository,
  work: IterationWork,
  index: string,
): Promise<string | Refused> {
  const { git, scratch } = repository;
  const env = await authorship(git);
  const file = join(scratch, 'COMMIT_EDITMSG');
  writeFileSync(file, work.message);
  const hooks = [
    { name: 'pre-commit', args: [] },
    { name: 'prepare-commit-msg', args: [file, 'message'] },
    { name: 'commit-msg', args: [file] },
  ] as const;
  for (const hook of hooks) {
    const end = await runGitHook(repository, { ...hook, index, env });
    if (end !== null) {
      return { how: 'refused', by: `the hook ${hook.name}`, output: end.output };
    }
  }
  const message = await cleaned(git, readFileSync(file, 'utf8'));
  if (message.trim() === '') {
    return { how: 'refused', by: 'git', output: 'A hook left the message of the commit empty.\n' };
  }
  const input = withTrailers(message, work);
  const tree = await git.line(['write-tree'], { index });
  const { commit } = work.moved;
  const parents = commit === null ? [] : ['-p', commit];
  const signs = await git.perhaps(['config', '--type=bool', 'commit.gpgSign']);
  const sign = signs === 'true' ? ['-S'] : [];
  try {
    return await git.line(['commit-tree', ...sign, ...parents, tree], { input, env });
  } catch (error) {
    if (error instanceof GitError) {
      return { how: 'refused', by: 'git', output: error.message };
    }
    throw error;
  }
}

/** Who commits, and when: hooks are told the same as the commit says. */
export async function authorship(git: Git): Promise<Readonly<Record<string, string>>> {
  const env = await committer(git);
  const author = await git.line(['var', 'GIT_AUTHOR_IDENT'], { env });
  const [, name = '', email = '', date = ''] = /^(.*) <(.*)> (\d+ [-+]\d+)$/.exec(author) ?? [];
  return { ...env, GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: `@${date}` };
}

/** As the user has git clean what nobody has edited by hand. */
async function cleaned(git: Git, message: string): Promise<string> {
  const how = await git.perhaps(['config', 'commit.cleanup']);
  if (how === 'verbatim') {
    return message;
  }
  const comments = how === 'strip' ? ['--strip-comments'] : [];
  return git.run(['stripspace', ...comments], { input: message });
}

/** A hook may write what it likes, but whose commit it is has to be found again. */
function withTrailers(message: string, { mark }: IterationWork): string {
  return isOf(message, mark) ? message : `${message.trimEnd()}\n\n${trailers(mark)}\n`;
}
