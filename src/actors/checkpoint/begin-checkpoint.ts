import type { CheckpointMode, DirtyStart } from '../../domain/checkpoint.ts';
import { readBase, readLeftover, writeBase } from './base.ts';
import { GitError } from './git.ts';
import type { IterationMark } from './iteration-commit.ts';
import {
  openRepository,
  readHead,
  tidy,
  type Repository,
  type RepositoryPlace,
} from './repository.ts';
import { ignoredPaths, takeSnapshot, type Snapshot } from './snapshot.ts';
import { CONFLICTS, dirtyRefusal, repositoryRefusal, type StartRefusal } from './start-refusal.ts';
import { switchToOwnBranch } from './switch-branch.ts';
import { changesBetween } from './tree-changes.ts';

export interface CheckpointOrder {
  readonly place: RepositoryPlace;
  readonly loop: string;
  readonly mark: IterationMark;
  readonly mode: CheckpointMode;
  readonly dirtyStart: DirtyStart;
  /** A later attempt goes on from what the first one found. */
  readonly isFirst: boolean;
}

/**
 * Remembers what everything is like before the first worker of an iteration. Answers why no worker may start, or null.
 * Safe to be called twice, as long as no worker has started.
 */
export async function beginCheckpoint(order: CheckpointOrder): Promise<string | null> {
  try {
    const repository = await openRepository(order.place);
    if (!order.isFirst && (await readBase(repository, order)) !== null) {
      return null;
    }
    const refused = (await repositoryRefusal(repository)) ?? (await begin(repository, order));
    tidy(repository);
    return refused === null ? null : `${refused.why}: ${refused.fix}`;
  } catch (error) {
    if (error instanceof GitError) {
      return `--checkpoint ${order.mode} cannot be had: ${error.message}`;
    }
    throw error;
  }
}

async function begin(repository: Repository, order: CheckpointOrder): Promise<StartRefusal | null> {
  const { git } = repository;
  if (order.mode === 'branch') {
    const refused = await switchToOwnBranch(repository, order.loop);
    if (refused !== null) {
      return refused;
    }
  }
  const [head, snapshot] = [await readHead(repository), await takeSnapshot(repository)];
  if (snapshot.staged === null) {
    return CONFLICTS;
  }
  // Work that could not be committed, as a hook refused it, lies there for this iteration to mend.
  const leftover = await readLeftover(repository, { loop: order.loop, files: snapshot.tree });
  if (order.dirtyStart === 'refuse' && leftover === null) {
    const dirty = dirtyRefusal(await dirtyPaths(repository, head.commit, snapshot));
    if (dirty !== null) {
      return dirty;
    }
  }
  const base = { ...head, files: snapshot.tree, staged: snapshot.staged, ...leftover };
  const ignored = await ignoredPaths(repository);
  await writeBase({ git, loop: order.loop }, { ...base, ignored }, order.mark);
  return null;
}

async function dirtyPaths(
  repository: Repository,
  commit: string | null,
  { tree, staged }: Snapshot,
): Promise<string[]> {
  const { git, emptyTree, dataPrefix } = repository;
  const committed = commit === null ? emptyTree : await git.line(['rev-parse', `${commit}^{tree}`]);
  const found = await Promise.all([
    changesBetween(repository, committed, tree),
    changesBetween(repository, committed, staged ?? committed),
  ]);
  const paths = new Set(found.flat().map(({ path }) => path));
  return [...paths].filter((path) => dataPrefix === null || !path.startsWith(dataPrefix));
}
