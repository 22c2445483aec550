import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DirtyStart } from '../../domain/checkpoint.ts';
import { pendingTrees } from './base.ts';
import { isIn, readHead, type Repository } from './repository.ts';
import { CONFLICTS, dirtyRefusal, repositoryRefusal, type StartRefusal } from './start-refusal.ts';

/** What `beginCheckpoint` would say now, without keeping anything: neither the repository nor the data folder is touched. */
export async function lookBeforeStart(
  repository: Repository,
  { loop, dirtyStart }: { readonly loop: string; readonly dirtyStart: DirtyStart },
): Promise<StartRefusal | null> {
  const refused = await repositoryRefusal(repository);
  if (refused !== null) {
    return refused;
  }
  if ((await repository.git.list(['ls-files', '-z', '--unmerged'])).length > 0) {
    return CONFLICTS;
  }
  const dirty = dirtyStart === 'carry' ? null : dirtyRefusal(await dirtyPaths(repository));
  return dirty !== null && (await isLeftover(repository, loop)) ? null : dirty;
}

async function dirtyPaths(repository: Repository): Promise<string[]> {
  const { git, emptyTree, dataPrefix } = repository;
  const { commit } = await readHead(repository);
  const asked = ['-z', '--name-only', '--no-renames', '--ignore-submodules=none'];
  const [changed, staged] = await Promise.all([
    changedFiles(repository),
    git.list(['diff-index', '--cached', ...asked, commit ?? emptyTree, '--']),
  ]);
  return [...new Set([...changed, ...staged.filter((path) => !isIn(dataPrefix, path))])];
}

/** Files below the workspace that are other than an index has them; nested repositories are none. */
async function changedFiles(
  { git, prefix, dataPrefix }: Repository,
  index?: string,
): Promise<string[]> {
  const how = ['--porcelain=v1', '-z', '--no-renames', '--untracked-files=all'];
  const where = prefix === '' ? [] : [prefix];
  const asked = ['status', ...how, '--ignore-submodules=all', '--', ...where];
  const entries = await git.list(asked, index === undefined ? {} : { index });
  // `XY path`: X tells of the index, Y of the file.
  return entries
    .filter((entry) => entry[1] !== ' ')
    .map((entry) => entry.slice(3))
    .filter((path) => !path.endsWith('/') && !isIn(dataPrefix, path));
}

/** Whether everything is exactly as the last iteration had to leave it. */
async function isLeftover(repository: Repository, loop: string): Promise<boolean> {
  const trees = await pendingTrees(repository, loop);
  const folder = mkdtempSync(join(tmpdir(), 'autoloop-look-'));
  const index = join(folder, 'index');
  try {
    for (const tree of trees) {
      await repository.git.run(['read-tree', tree], { index });
      if ((await changedFiles(repository, index)).length === 0) {
        return true;
      }
    }
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
