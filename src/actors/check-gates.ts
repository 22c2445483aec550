import { fromPromise } from 'xstate';
import type { Gate, GateInput, GateVerdict } from '../domain/loop-work.ts';
import { findClosedGate } from './find-closed-gate.ts';
import { findShortage } from './find-shortage.ts';
import type { LoopWorld } from './loop-world.ts';

/**
 * May a new attempt begin? Looks first whether this runner still owns the loop and its files, then whether its disk has
 * room: neither can be skipped.
 */
export function checkGates(world: LoopWorld) {
  return fromPromise<GateVerdict, GateInput>(async ({ input }) => {
    await world.persisted();
    world.lookAfterFiles();
    const at = world.clock.now();
    const shortage = findShortage(world);
    if (shortage) {
      return { open: false, shortage, at };
    }
    const isPassed = input.skips || !world.launches;
    const gate = isPassed ? null : (workersGate(world) ?? findClosedGate(world));
    return gate === null
      ? { open: true, at }
      : { open: false, at, gate, retryAtEpochMs: at + delayMs(input.looks) };
  });
}

/** One of an attempt that this runner does not follow: two at once would work on the same files. */
function workersGate({ workers, processes, bootId }: LoopWorld): Gate | null {
  const value = workers.list().filter((worker) => processes.isAlive({ ...worker, bootId })).length;
  return value > 0 ? { kind: 'workers', value, limit: 0 } : null;
}

/** 5 s, 10 s, 20 s, 40 s, then every minute. */
function delayMs(looks: number): number {
  return Math.min(60_000, 5_000 * 2 ** Math.min(looks, 10));
}
