import { statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand, type CommandEnd } from '../gates/run-command.ts';
import { isExecutable } from '../is-executable.ts';
import type { Repository } from './repository.ts';

const LONGEST_HOOK_MS = 600_000;

export interface GitHook {
  readonly name: 'pre-commit' | 'prepare-commit-msg' | 'commit-msg' | 'post-commit';
  readonly args: readonly string[];
  /** The index that the commit is made from. */
  readonly index: string;
  /** Who commits. */
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a hook of the repository as git does, but ends it whole. null: it has none, or all is well. */
export async function runGitHook(
  repository: Repository,
  hook: GitHook,
): Promise<CommandEnd | null> {
  const { git, top } = repository;
  const place = ['--path-format=absolute', '--git-path', `hooks/${hook.name}`];
  const path = await git.line(['rev-parse', ...place]);
  if (!isExecutable(path)) {
    return null;
  }
  const { signal = new AbortController().signal, sweep = async () => {} } = git.scope;
  const env = await hookEnvironment(repository, hook);
  const order = { cwd: top, env, timeoutMs: LONGEST_HOOK_MS, signal, sweep };
  const end = await runCommand({ ...order, argv: [path, ...hook.args] });
  // A script without a first line that names its interpreter.
  const again = end.how === 'not started' && end.detail === 'ENOEXEC';
  const last = again ? await runCommand({ ...order, argv: ['sh', path, ...hook.args] }) : end;
  return last.how === 'exited' && last.exitCode === 0 ? null : last;
}

/** What git sets for a commit that nobody edits; its own commands come first on the PATH. */
async function hookEnvironment(
  { git, top, gitDir }: Repository,
  { index, env }: GitHook,
): Promise<Record<string, string>> {
  const commands = await git.line(['--exec-path']);
  const { PATH = '' } = git.env;
  const isElsewhere = !statSync(join(top, '.git'), { throwIfNoEntry: false })?.isDirectory();
  return {
    ...git.env,
    ...env,
    ...(isElsewhere && { GIT_DIR: gitDir }),
    ...{ GIT_INDEX_FILE: index, GIT_EDITOR: ':', GIT_PREFIX: '', GIT_EXEC_PATH: commands },
    PATH: [commands, PATH].filter(Boolean).join(delimiter),
  };
}
