import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { filesInTheWay, isFile } from './files-in-the-way.ts';
import { isIn, type Repository } from './repository.ts';
import { changesBetween } from './tree-changes.ts';

/** What lies in the workspace's repository at a moment, as git objects. Nested repositories and ignored files are no part of it. */
export interface Snapshot {
  /** Of the files as they are. */
  readonly tree: string;
  /** Of what was staged; null: it holds conflicts. */
  readonly staged: string | null;
  /** An index that is as the files are. */
  readonly index: string;
}

export interface Known {
  /** Tree of a former snapshot: its files count even where they are ignored since. */
  readonly tree: string;
  /** Files and folders (with a slash) that were ignored then: they count for nothing, also where they are not ignored any more. */
  readonly ignored: readonly string[];
}

/** Looks without touching anything but its own scratch folder. Throws GitError where a file cannot be read. */
export async function takeSnapshot(repository: Repository, known?: Known): Promise<Snapshot> {
  const { git, scratch } = repository;
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  const index = join(scratch, 'index');
  if (existsSync(repository.index)) {
    copyFileSync(repository.index, index);
  }
  const staged = await git.line(['write-tree'], { index }).catch(() => null);
  const found = await findChanges(repository, index, known);
  await apply(repository, index, found);
  const tree = await git.line(['write-tree'], { index });
  const hidden = known === undefined ? [] : await hiddenFiles(repository, known.tree, tree);
  if (hidden.length === 0) {
    return { tree, staged, index };
  }
  await apply(repository, index, { gone: [], there: hidden });
  return { tree: await git.line(['write-tree'], { index }), staged, index };
}

/** What is ignored before the worker starts. */
export async function ignoredPaths({ git, prefix }: Repository): Promise<string[]> {
  const which = ['--others', '--ignored', '--exclude-standard', '--directory'];
  return git.list(['ls-files', '-z', ...which, '--', ...scope(prefix)]);
}

interface Found {
  /** Paths that are to leave the index. */
  readonly gone: readonly string[];
  /** Files and links that are to be in it as they are. */
  readonly there: readonly string[];
}

async function findChanges(
  { git, top, prefix, dataPrefix }: Repository,
  index: string,
  known: Known | undefined,
): Promise<Found> {
  const [modified, others, data] = await Promise.all([
    git.list(
      ['diff-files', '-z', '--name-status', '--ignore-submodules=all', '--', ...scope(prefix)],
      { index },
    ),
    git.list(['ls-files', '-z', '--others', '--exclude-standard', '--', ...scope(prefix)], {
      index,
    }),
    dataPrefix === null ? [] : git.list(['ls-files', '-z', '--', dataPrefix], { index }),
  ]);
  const isIgnored = ignoredBefore(known?.ignored ?? []);
  const changed = pairs(modified).map(([status, path]) => ({
    path,
    isThere: status !== 'D' && isFile(join(top, path)),
  }));
  const isOurs = ({ path }: { path: string }): boolean => isIn(dataPrefix, path);
  const counted = changed.filter((change) => !isOurs(change));
  return {
    gone: [...data, ...counted.filter(({ isThere }) => !isThere).map(({ path }) => path)],
    there: [
      ...new Set(counted.filter(({ isThere }) => isThere).map(({ path }) => path)),
      // A nested repository ends in a slash.
      ...others.filter(
        (path) => !path.endsWith('/') && !isIn(dataPrefix, path) && !isIgnored(path),
      ),
    ],
  };
}

/** What lies where a former snapshot had files, and is not seen, as it is ignored. */
async function hiddenFiles(
  repository: Repository,
  before: string,
  now: string,
): Promise<readonly string[]> {
  const gone = await changesBetween(repository, before, now);
  const found = gone
    .filter(({ sha }) => sha === null)
    .flatMap(({ path }) => filesInTheWay(repository.top, path));
  return [...new Set(found)];
}

async function apply(
  { git, emptyTree }: Repository,
  index: string,
  { gone, there }: Found,
): Promise<void> {
  if (gone.length > 0) {
    const input = gone.map((path) => `0 ${'0'.repeat(emptyTree.length)}\t${path}\0`).join('');
    await git.run(['update-index', '-z', '--index-info'], { index, input });
  }
  if (there.length > 0) {
    const input = there.map((path) => `${path}\0`).join('');
    await git.run(['update-index', '--add', '--replace', '-z', '--stdin'], { index, input });
  }
}

function scope(prefix: string): string[] {
  return prefix === '' ? [] : [prefix];
}

function pairs(fields: readonly string[]): [string, string][] {
  return fields.flatMap((field, at): [string, string][] =>
    at % 2 === 0 ? [[field, fields[at + 1] ?? '']] : [],
  );
}

function ignoredBefore(ignored: readonly string[]): (path: string) => boolean {
  const files = new Set(ignored);
  const folders = ignored.filter((path) => path.endsWith('/'));
  return (path) => files.has(path) || folders.some((folder) => path.startsWith(folder));
}
