import type { LoopWorld } from '../actors/loop-world.ts';
import type { AttemptKey } from '../domain/attempt.ts';
import type { AttemptStore } from '../ports/attempt-store.ts';
import type { LoopState } from './read-state.ts';

/**
 * Which attempt was, or may have been, begun by a runner that is dead. Its folder was made before it was handed over:
 * where that is gone, its claim may have been in it.
 */
export function startedBefore(
  { restored, recovered }: Pick<LoopState, 'restored' | 'recovered'>,
  attempts: AttemptStore,
): Pick<LoopWorld, 'wasStarted' | 'mayBeBegun'> {
  if (restored.kind === 'new' || restored.context.open === null) {
    return { wasStarted: () => false, mayBeBegun: () => false };
  }
  const { iteration, open } = restored.context;
  const { attempt, workerStarted } = open;
  const wasRunning = restored.from.startsWith('running');
  const isBegun = workerStarted || (wasRunning && !attempts.exists({ iteration, attempt }));
  const isIt = (key: AttemptKey): boolean => key.iteration === iteration && key.attempt === attempt;
  return {
    wasStarted: (key) => isBegun && isIt(key),
    // The generation that was lost is the one after this.
    mayBeBegun: (key) => (wasRunning || recovered !== null) && isIt(key),
  };
}
