import { existsSync } from 'node:fs';
import type { Removal, RetentionRules } from '../domain/retention.ts';
import { dataPaths } from '../stores/data-paths.ts';
import { planRemovals } from '../stores/retention/plan-removals.ts';
import { removeOld } from '../stores/retention/remove-old.ts';
import { underLock, type IdleLoop } from './under-lock.ts';

export interface IdlePruning {
  readonly dryRun: boolean;
  readonly rules: RetentionRules;
}

/**
 * Removes what the rules leave no room for in the folder of a loop that nobody runs, under its lock; a dry run only looks,
 * and writes nothing. What was removed, or would be. Throws AutoloopError 152 where somebody runs it.
 */
export async function pruneIdle(
  idle: IdleLoop,
  { dryRun, rules }: IdlePruning,
): Promise<readonly Removal[]> {
  const retention = { rules, now: Date.now() };
  if (dryRun) {
    return existsSync(idle.directory) ? planRemovals(dataPaths(idle.directory), retention) : [];
  }
  const removals = await underLock(idle, (paths) => {
    const planned = planRemovals(paths, retention);
    removeOld(paths.directory, planned);
    return planned;
  });
  return removals ?? [];
}
