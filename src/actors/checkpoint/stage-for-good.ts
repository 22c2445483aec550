import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { GitError } from './git.ts';
import type { Repository } from './repository.ts';
import { stage, type TreeChange } from './tree-changes.ts';

const TRIES = 40;
const PAUSE_MS = 250;

/** Puts changes into the user's own index, and leaves the rest of it alone. Throws GitError. */
export async function stageForGood(
  repository: Repository,
  changes: readonly TreeChange[],
): Promise<void> {
  if (changes.length > 0) {
    await whenUnlocked(repository, () => stage(repository, changes));
    await refresh(repository);
  }
}

/** Makes the user's own index that of a tree. */
export async function stageTree(repository: Repository, tree: string): Promise<void> {
  await whenUnlocked(repository, () => repository.git.run(['read-tree', '--reset', tree]));
  await refresh(repository);
}

/** Whoever uses git at this moment is waited for. A lock that stays is somebody's: it is never taken away. */
async function whenUnlocked({ index }: Repository, change: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await change();
      return;
    } catch (error) {
      const isLocked = error instanceof GitError && error.message.includes('.lock');
      if (!isLocked || tries === TRIES) {
        throw error;
      }
    }
    await (existsSync(`${index}.lock`) ? setTimeout(PAUSE_MS) : undefined);
  }
}

/** Only saves the next git some looks. */
async function refresh({ git }: Repository): Promise<void> {
  await git.ask(['update-index', '-q', '--refresh'], { accepts: [1, 128] });
}
