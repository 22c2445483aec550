import { fromPromise } from 'xstate';
import type { Moment } from '../domain/loop-work.ts';
import type { LoopWorld } from './loop-world.ts';

/** Forgets what was composed and never handed over, and removes what crashed writers left in the data folder. */
export function cleanUp(world: LoopWorld) {
  return fromPromise<Moment, { runId: string }>(async () => {
    await world.persisted();
    world.composed.clear();
    world.removeLeftovers();
    return { at: world.clock.now() };
  });
}
