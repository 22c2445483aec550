import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';

const LONGEST_LOOK_MS = 30_000;

/**
 * What git says of a workspace, as a short text: the same as long as nothing in it changed, ignored files aside. null:
 * it is no repository, or git does not answer.
 */
export async function workspaceMark(
  workspace: string,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const [head, status] = await Promise.all([
      git(workspace, signal, ['rev-parse', '--verify', '--quiet', 'HEAD']).catch(() => 'unborn'),
      git(workspace, signal, ['status', '--porcelain=v2', '-z', '--untracked-files=all']),
    ]);
    const top = await git(workspace, signal, ['rev-parse', '--show-toplevel']);
    const hash = createHash('sha256').update(head);
    for (const entry of status.split('\0').filter(Boolean)) {
      hash.update(entry).update(stampOf(join(top.trim(), pathIn(entry))));
    }
    return hash.digest('hex').slice(0, 32);
  } catch {
    return null;
  }
}

async function git(
  workspace: string,
  cancelSignal: AbortSignal,
  args: readonly string[],
): Promise<string> {
  // A program that the repository names for this could be the agent's.
  const options = ['-C', workspace, '-c', 'core.fsmonitor=false'];
  const { stdout } = await execa('git', [...options, ...args], {
    ...{ cancelSignal, timeout: LONGEST_LOOK_MS, stdin: 'ignore', stripFinalNewline: false },
    // A look must not write, nor wait for another git.
    env: { GIT_OPTIONAL_LOCKS: '0' },
  });
  return stdout;
}

/** The path of a line of porcelain v2; of its other lines, whatever stands there. */
function pathIn(entry: string): string {
  const fields = entry.split(' ');
  const columns = PATH_COLUMN[entry.charAt(0)] ?? 0;
  return fields.slice(columns).join(' ');
}

/** Ordinary, renamed, unmerged, untracked. */
const PATH_COLUMN: Readonly<Record<string, number>> = { '1': 8, '2': 9, u: 10, '?': 1 };

/** A file that was changed before may be changed again. */
function stampOf(path: string): string {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.size} ${stat.mtimeMs}` : '';
}
