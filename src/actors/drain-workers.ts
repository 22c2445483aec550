import { fromPromise } from 'xstate';
import { attemptId } from '../domain/attempt.ts';
import type { DrainInput, Moment } from '../domain/loop-work.ts';
import type { ProcessIdentity } from '../domain/process-identity.ts';
import type { LiveWorker } from '../ports/worker-list.ts';
import type { LoopWorld } from './loop-world.ts';

/** A layer that has nothing to do any more is gone in some ms. */
const FIRST_LOOK_MS = 10;
const LOOK_EVERY_MS = 200;
/** Beyond its grace: what an isolation layer takes at most to end a tree. */
const FROZEN_AFTER_MS = 20_000;

/**
 * Lets the isolation layers end, and waits until none of this loop is alive; takes the dead ones off the list. With
 * `now` it asks them to end their workers, and ends those that do not hear.
 */
export function drainWorkers(world: LoopWorld) {
  return fromPromise<Moment, DrainInput>(async ({ input, signal }) => {
    await world.persisted();
    world.isolation.noMore();
    const beganAt = world.clock.now();
    if (input.now) {
      livingLayers(world).forEach((layer) => world.processes.signal(layer, 'SIGTERM'));
    }
    let pauseMs = FIRST_LOOK_MS;
    while (!signal.aborted && livingLayers(world).length > 0) {
      await pause(world, pauseMs);
      pauseMs = Math.min(2 * pauseMs, LOOK_EVERY_MS);
      const isLate = world.clock.now() > beganAt + world.settings.grace * 1000 + FROZEN_AFTER_MS;
      if (input.now && isLate) {
        await endFrozen(world);
      }
    }
    return { at: world.clock.now() };
  });
}

/** Those on the list, and the one that has the last order: it may not have come so far. */
function livingLayers(world: LoopWorld): readonly ProcessIdentity[] {
  const listed = world.workers.list().flatMap((worker) => livingWorker(world, worker) ?? []);
  const own = world.isolation.identity();
  return own === null || listed.some(({ pid }) => pid === own.pid) ? listed : [...listed, own];
}

function livingWorker(world: LoopWorld, worker: LiveWorker): ProcessIdentity | null {
  const { pid, startTicks } = worker;
  const identity = { pid, startTicks, bootId: world.bootId };
  if (world.processes.isAlive(identity)) {
    return identity;
  }
  world.workers.remove(worker);
  return null;
}

async function endFrozen(world: LoopWorld): Promise<void> {
  const listed = world.workers.list();
  livingLayers(world).forEach((layer) => world.processes.signal(layer, 'SIGKILL'));
  for (const worker of listed) {
    await world.sweepAttempt(attemptId(world.runId, worker));
  }
}

function pause(world: LoopWorld, ms: number): Promise<void> {
  return new Promise((resolve) => {
    world.clock.startTimer(ms, resolve);
  });
}
