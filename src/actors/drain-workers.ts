import { fromPromise } from 'xstate';
import type { Moment } from '../domain/loop-work.ts';
import type { LoopWorld } from './loop-world.ts';

const LOOK_EVERY_MS = 200;

/** Lets the isolation layers end, and waits until none of this loop is alive; takes the dead ones off the list. */
export function drainWorkers(world: LoopWorld) {
  return fromPromise<Moment, { runId: string }>(async ({ signal }) => {
    await world.persisted();
    world.isolation.noMore();
    while (!signal.aborted && hasLiveWorker(world)) {
      await pause(world);
    }
    return { at: world.clock.now() };
  });
}

function hasLiveWorker(world: LoopWorld): boolean {
  for (const worker of world.workers.list()) {
    if (world.processes.isAlive({ ...worker, bootId: world.bootId })) {
      return true;
    }
    world.workers.remove(worker);
  }
  return false;
}

function pause(world: LoopWorld): Promise<void> {
  return new Promise((resolve) => {
    world.clock.startTimer(LOOK_EVERY_MS, resolve);
  });
}
