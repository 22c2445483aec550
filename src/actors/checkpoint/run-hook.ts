import { runCommand, type CommandEnd } from '../gates/run-command.ts';
import { isExecutable } from '../is-executable.ts';
import type { Repository } from './repository.ts';

const LONGEST_HOOK_MS = 600_000;

export interface GitHook {
  readonly name: 'pre-commit' | 'commit-msg';
  readonly args: readonly string[];
  /** The index that the commit is made from. */
  readonly index: string;
}

/** Runs a hook of the repository as git does, but ends it whole. null: it has none, or lets the commit be. */
export async function runGitHook(
  { git, top }: Repository,
  hook: GitHook,
): Promise<CommandEnd | null> {
  const path = await git.line([
    'rev-parse',
    '--path-format=absolute',
    '--git-path',
    `hooks/${hook.name}`,
  ]);
  if (!isExecutable(path)) {
    return null;
  }
  const order = {
    cwd: top,
    env: { ...git.scope.env, GIT_INDEX_FILE: hook.index, GIT_EDITOR: ':' },
    timeoutMs: LONGEST_HOOK_MS,
    signal: git.scope.signal ?? new AbortController().signal,
    sweep: async () => {},
  };
  const end = await runCommand({ ...order, argv: [path, ...hook.args] });
  // A script without a first line that names its interpreter.
  const again = end.how === 'not started' && end.detail === 'ENOEXEC';
  const last = again ? await runCommand({ ...order, argv: ['sh', path, ...hook.args] }) : end;
  return last.how === 'exited' && last.exitCode === 0 ? null : last;
}
