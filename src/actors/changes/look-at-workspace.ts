import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { GIT_OPTIONS, gitEnvironment } from '../git-environment.ts';
import { ContentIds } from './content-ids.ts';
import { parseStatus, type StatusEntry } from './parse-status.ts';
import { statOf } from './stat-of.ts';
import type { DirtyFile, WorkspaceLook } from './workspace-look.ts';

export interface LookOrder {
  readonly workspace: string;
  /** What programs may see that the repository has git start, as its filters. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** Of more, the files are not remembered one by one. */
const MOST_FILES = 5_000;
const MOST_BYTES = 100_000_000;

/** null: it is no repository, or git does not answer in time. */
export async function lookAtWorkspace(order: LookOrder): Promise<WorkspaceLook | null> {
  try {
    const workspace = realpathSync(order.workspace);
    const top = topOf(workspace);
    return top === null ? null : await look(order, { workspace, top });
  } catch {
    return null;
  }
}

async function look(
  order: LookOrder,
  { workspace, top }: { readonly workspace: string; readonly top: string },
): Promise<WorkspaceLook> {
  const options = ['--porcelain=v2', '--branch', '-z', '--untracked-files=all', '--no-renames'];
  const status = await askGit(top, order, ['status', ...options]);
  const { head, entries } = parseStatus(status);
  const below = relative(top, workspace);
  return {
    head,
    files: entries.length > MOST_FILES ? null : filesOf(entries, { top, head }),
    mark: markOf({ head, entries, top }),
    top,
    prefix: below === '' ? '' : `${below}/`,
  };
}

/** What a repository's git prints. Rejects where it fails or takes too long. */
export async function askGit(
  cwd: string,
  { env, signal, timeoutMs }: Omit<LookOrder, 'workspace'>,
  args: readonly string[],
): Promise<string> {
  const { stdout } = await promisify(execFile)('git', [...GIT_OPTIONS, ...args], {
    ...{ cwd, env: gitEnvironment(env), signal },
    ...{ timeout: timeoutMs, maxBuffer: MOST_BYTES },
  });
  return stdout;
}

/** Nearest folder upward that git takes for the top of a repository; null: none. */
function topOf(directory: string): string | null {
  if (existsSync(join(directory, '.git'))) {
    return directory;
  }
  const above = dirname(directory);
  return above === directory ? null : topOf(above);
}

function filesOf(
  entries: readonly StatusEntry[],
  { top, head }: { readonly top: string; readonly head: string | null },
): ReadonlyMap<string, DirtyFile> {
  const ids = new ContentIds(head);
  const files = new Map<string, DirtyFile>();
  for (const { path, was, text } of entries) {
    // A file that was taken out of the index and left where it is comes a second time, as untracked.
    if (!files.has(path)) {
      files.set(path, { is: ids.of(join(top, path)) ?? text, was });
    }
  }
  return files;
}

/** By size and time: cheaper than content, and told of any number of files. */
function markOf({
  head,
  entries,
  top,
}: { head: string | null; top: string } & {
  readonly entries: readonly StatusEntry[];
}): string {
  const hash = createHash('sha256').update(head ?? 'unborn');
  for (const { path, text } of entries) {
    const stat = statOf(join(top, path));
    hash.update(text).update(stat ? `${stat.size} ${stat.mtimeMs}` : '');
  }
  return hash.digest('hex').slice(0, 32);
}
