import type { AttemptKey } from '../domain/attempt.ts';
import type { AttemptStore } from '../ports/attempt-store.ts';
import type { Restored } from './restore.ts';

/**
 * Which attempt was begun by a runner that is dead. Its folder was made before it was handed over: where that is gone,
 * its claim may have been in it.
 */
export function startedBefore(
  restored: Restored,
  attempts: AttemptStore,
): (key: AttemptKey) => boolean {
  if (restored.kind === 'new' || restored.context.open === null) {
    return () => false;
  }
  const { iteration, open } = restored.context;
  const { attempt, workerStarted } = open;
  const wasRunning = restored.from.startsWith('running');
  const isBegun = workerStarted || (wasRunning && !attempts.exists({ iteration, attempt }));
  return (key) => isBegun && key.iteration === iteration && key.attempt === attempt;
}
