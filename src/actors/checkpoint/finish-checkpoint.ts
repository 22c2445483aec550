import { acceptWork } from './accept-work.ts';
import { readBase, type Base } from './base.ts';
import { GitError } from './git.ts';
import { keepAs, plainCommit, type IterationMark } from './iteration-commit.ts';
import { movedSince, type Moved } from './movement.ts';
import {
  openRepository,
  tidy,
  unfinishedBusiness,
  type Repository,
  type RepositoryPlace,
} from './repository.ts';
import { takeSnapshot, type Snapshot } from './snapshot.ts';
import { takeBackWork } from './take-back-work.ts';

export interface FinishOrder {
  readonly place: RepositoryPlace;
  readonly loop: string;
  readonly mark: IterationMark;
  readonly isGood: boolean;
  readonly message: string;
}

export interface Finished {
  /** The commit that holds the work. */
  readonly commit: string | null;
  /** The ref that holds work that was taken back. */
  readonly takenBackTo: string | null;
  /** What the operator has to know: why the work lies where it was left, or that a hook failed after it was committed. */
  readonly warning: string | null;
  /** Who refused to have it committed, and in which words. */
  readonly refused: { readonly by: string; readonly output: string } | null;
}

const NOTHING: Finished = { commit: null, takenBackTo: null, warning: null, refused: null };
/** Somebody who works in the same folder may come between, now and then. */
const TRIES = 3;

/** Commits what an iteration changed, or takes it back. Safe to be called twice. */
export async function finishCheckpoint(order: FinishOrder): Promise<Finished> {
  try {
    const repository = await openRepository(order.place);
    const base = await readBase(repository, order);
    const finished = base === null ? NOTHING : await finish(repository, base, order);
    tidy(repository);
    return finished;
  } catch (error) {
    if (error instanceof GitError) {
      return { ...NOTHING, warning: `the work was left as it is: ${error.message}` };
    }
    throw error;
  }
}

async function finish(repository: Repository, base: Base, order: FinishOrder): Promise<Finished> {
  let why = 'somebody changes it at the same time';
  for (let tries = 0; tries < TRIES; tries += 1) {
    const moved = await movedSince(repository, base);
    const known = { tree: base.files, ignored: base.ignored };
    const now = await takeSnapshot(repository, known);
    const work = { base, now, moved, mark: order.mark, message: order.message };
    const business = unfinishedBusiness(repository);
    if (moved.how === 'elsewhere' || (order.isGood && business !== null)) {
      why =
        business === null
          ? 'another branch, or another history, is checked out'
          : `${business} is not finished`;
      return leave(repository, { now, moved, order, why });
    }
    const done = await (order.isGood
      ? acceptWork(repository, work)
      : takeBackWork(repository, work));
    switch (done.how) {
      case 'committed':
        return { ...NOTHING, commit: done.commit, warning: done.warning };
      case 'taken back':
        return { ...NOTHING, takenBackTo: done.ref };
      case 'nothing':
        return NOTHING;
      case 'refused': {
        const left = await leave(repository, {
          now,
          moved,
          order,
          why: `${done.by} refused the commit`,
        });
        return { ...left, refused: done };
      }
      default:
        why = 'why' in done ? done.why : why;
    }
  }
  const moved = await movedSince(repository, base);
  return leave(repository, { now: await takeSnapshot(repository), moved, order, why });
}

interface Leaving {
  readonly now: Snapshot;
  readonly moved: Moved;
  readonly order: FinishOrder;
  readonly why: string;
}

/** Nothing is touched; a copy of everything is kept. */
async function leave(repository: Repository, leaving: Leaving): Promise<Finished> {
  const { now, moved, order, why } = leaving;
  const parents = moved.commit === null ? [] : [moved.commit];
  const kept = { tree: now.tree, parents, message: order.message };
  const commit = await plainCommit(repository.git, kept);
  const ref = await keepAs(repository, { kind: 'pending', commit, mark: order.mark });
  return { ...NOTHING, warning: `the work was left as it is, and ${ref} keeps it: ${why}` };
}
