import { fromPromise } from 'xstate';
import type { CheckpointEnd, CheckpointInput } from '../../domain/loop-work.ts';
import type { LoopWorld } from '../loop-world.ts';

/** Commits good work, takes back what is not. */
export function checkpointWork(world: LoopWorld) {
  return fromPromise<CheckpointEnd, CheckpointInput>(async ({ input, signal }) => {
    await world.persisted();
    const { settleWork } = await import('./settle-work.ts');
    return settleWork(world, input, signal);
  });
}
