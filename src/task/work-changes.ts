import type { TaskContext } from './context.ts';
import { runCommand } from './commands/run-command.ts';

/**
 * Remembers how the workspace is before this iteration's work, for `changedPaths`; for `buildHelperContext`. Of several
 * calls in an iteration the first counts. Without a git repository, and in a dry run, it does nothing. Never throws.
 */
export async function rememberWork(context: TaskContext<unknown>): Promise<void> {
  const { iteration, dryRun } = context;
  if (dryRun || (await remembered(context)) !== null) {
    return;
  }
  const look = await lookAtWorkspace(context);
  const { rename, rm, writeFile } = await import('node:fs/promises');
  const file = fileOf(context);
  try {
    await writeFile(`${file}.new`, JSON.stringify({ iteration, ...look }), { mode: 0o600 });
    await rename(`${file}.new`, file);
  } catch (error) {
    await rm(file, { force: true }).catch(() => {});
    context.log(`What the work changes cannot be told: ${String(error)}`);
  }
}

/**
 * What git says has changed since `rememberWork` was called in this iteration, as paths relative to the workspace, its own
 * commits included; what lies outside begins with `../`. null: it cannot be told. Never throws.
 */
export async function changedPaths(
  context: TaskContext<unknown>,
): Promise<readonly string[] | null> {
  const before = await remembered(context);
  const after = before === null ? null : await lookAtWorkspace(context);
  if (before === null || after === null) {
    return null;
  }
  const committed = await pathsBetween(context, before.head, after.head);
  if (committed === null) {
    return null;
  }
  const names = new Set([...Object.keys(before.files), ...Object.keys(after.files)]);
  const touched = [...names].filter(
    (path) => before.files[path] !== after.files[path] && after.files[path] !== undefined,
  );
  const { posix } = await import('node:path');
  return [...new Set([...committed, ...touched])]
    .map((path) => posix.relative(`/${after.prefix}`, `/${path}`))
    .toSorted();
}

interface WorkspaceLook {
  /** Commit, or empty: there is none yet. */
  readonly head: string;
  /** Of the workspace below the top of the repository: empty, or `sub/`. */
  readonly prefix: string;
  /** What is not committed, by its path below the top: size and time. */
  readonly files: Readonly<Record<string, string>>;
}

function fileOf({ dataDir }: TaskContext<unknown>): string {
  return `${dataDir}/work-before.json`;
}

async function remembered(context: TaskContext<unknown>): Promise<WorkspaceLook | null> {
  const { readFile } = await import('node:fs/promises');
  try {
    const known: unknown = JSON.parse(await readFile(fileOf(context), 'utf8'));
    return isLook(known) && known.iteration === context.iteration ? known : null;
  } catch {
    return null;
  }
}

function isLook(value: unknown): value is WorkspaceLook & { iteration: unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'iteration' in value &&
    typeof Reflect.get(value, 'head') === 'string' &&
    typeof Reflect.get(value, 'prefix') === 'string' &&
    typeof Reflect.get(value, 'files') === 'object'
  );
}

/** null: no repository, or git does not answer. */
async function lookAtWorkspace(context: TaskContext<unknown>): Promise<WorkspaceLook | null> {
  const place = await git(context, ['rev-parse', '--show-toplevel', '--show-prefix']);
  const status = await git(context, ['status', '--porcelain', '-z', '--untracked-files=all']);
  if (place === null || status === null) {
    return null;
  }
  const [top = '', prefix = ''] = place.split('\n');
  const head = (await git(context, ['rev-parse', '--verify', '--quiet', 'HEAD'])) ?? '';
  const files = await stampsOf(top, pathsInStatus(status));
  return { head: head.trim(), prefix, files };
}

/** Of a rename the path it had before stands in an entry of its own, without a status. */
function pathsInStatus(status: string): string[] {
  const paths: string[] = [];
  let isFormerName = false;
  for (const entry of status.split('\0').filter(Boolean)) {
    paths.push(isFormerName ? entry : entry.slice(3));
    isFormerName = !isFormerName && /^[RC]|^.[RC]/.test(entry);
  }
  return paths;
}

async function stampsOf(top: string, paths: readonly string[]): Promise<Record<string, string>> {
  const { lstat } = await import('node:fs/promises');
  const stamps: Record<string, string> = {};
  for (const path of paths) {
    const stat = await lstat(`${top}/${path}`).catch(() => null);
    stamps[path] = stat === null ? 'absent' : `${stat.size} ${stat.mtimeMs}`;
  }
  return stamps;
}

async function pathsBetween(
  context: TaskContext<unknown>,
  from: string,
  to: string,
): Promise<readonly string[] | null> {
  if (from === to) {
    return [];
  }
  const range = from === '' ? [EMPTY_TREE, to] : [from, to];
  const listed = await git(context, ['diff', '--name-only', '--no-renames', '-z', ...range]);
  return listed?.split('\0').filter(Boolean) ?? null;
}

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const LONGEST_LOOK_MS = 15_000;
const MOST_BYTES = 10_000_000;

/** A look must not write, nor start a program that the repository names. null: it failed. */
async function git(
  { workspace: cwd, signal }: TaskContext<unknown>,
  args: readonly string[],
): Promise<string | null> {
  const argv = ['git', '--no-optional-locks', '-c', 'core.fsmonitor=false', ...args];
  const limits = { timeoutMs: LONGEST_LOOK_MS, mostBytes: MOST_BYTES };
  const { problem, stdout } = await runCommand({ argv, cwd, signal, ...limits });
  return problem === null ? stdout : null;
}
