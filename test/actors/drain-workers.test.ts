import { setImmediate } from 'node:timers/promises';
import { createActor, waitFor } from 'xstate';
import { expect, it } from 'vitest';
import { drainWorkers } from '../../src/actors/drain-workers.ts';
import type { LoopWorld } from '../../src/actors/loop-world.ts';
import { InMemoryProcessTable } from '../fakes/in-memory-process-table.ts';
import { InMemoryWorkerList } from '../fakes/in-memory-worker-list.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const LAYER = { pid: 7, startTicks: '1', bootId: 'boot' };
const KEY = { iteration: 3, attempt: 1 };

// A run that a fault of its own ends does not follow its worker any more: nobody else would tell the layer to go.
it('tells a layer that is kept for a next attempt to go, and waits until it has', async () => {
  const { world, processes, workers } = drained({ listed: true });
  world.isolation.noMore = () => processes.end(LAYER);
  expect(await played(world, { now: false })).toEqual({ at: 0 });
  expect(workers.list()).toEqual([]);
  expect(processes.signals).toEqual([]);
});

it('waits for a layer that has its order and is not listed yet', async () => {
  const { world, processes, clock } = drained({ listed: false });
  const end = played(world, { now: false });
  await passes(clock, 400);
  processes.end(LAYER);
  await passes(clock, 200);
  expect(await end).toEqual({ at: 600 });
});

it('looks soon for one that is about to go, and less and less often for one that works on', async () => {
  const { world, clock } = drained({ listed: true });
  void played(world, { now: false });
  const waits: number[] = [];
  for (let look = 0; look < 7; look += 1) {
    await setImmediate();
    const wait = (clock.pending()[0] ?? 0) - clock.now();
    waits.push(wait);
    clock.advance(wait);
  }
  expect(waits).toEqual([10, 20, 40, 80, 160, 200, 200]);
});

it('ends the workers where that is asked: with TERM, and what does not hear it with KILL and a sweep', async () => {
  const { world, processes, clock, swept } = drained({ listed: true });
  const end = played(world, { now: true });
  await passes(clock, 200);
  expect(processes.signals).toEqual([{ pid: 7, signal: 'SIGTERM' }]);
  await passes(clock, 25_200);
  expect(await end).toMatchObject({ at: expect.any(Number) });
  expect(processes.signals).toEqual([
    { pid: 7, signal: 'SIGTERM' },
    { pid: 7, signal: 'SIGKILL' },
  ]);
  expect(swept).toEqual(['r-3-1']);
});

function drained({ listed }: { readonly listed: boolean }) {
  const processes = new InMemoryProcessTable();
  processes.start(LAYER);
  const workers = new InMemoryWorkerList();
  if (listed) {
    workers.add(LAYER, KEY);
  }
  const clock = new ManualClock(0);
  const swept: string[] = [];
  const world = {
    ...{ processes, workers, clock, runId: 'r', bootId: 'boot', settings: { grace: 5 } },
    persisted: async () => {},
    sweepAttempt: async (id: string) => (swept.push(id), []),
    isolation: {
      noMore: () => {},
      identity: () => (processes.isAlive(LAYER) ? LAYER : null),
    },
  } as unknown as LoopWorld & { isolation: { noMore: () => void } };
  return { world, processes, workers, clock, swept };
}

async function played(world: LoopWorld, { now }: { readonly now: boolean }) {
  const actor = createActor(drainWorkers(world), { input: { runId: 'r', now } });
  actor.start();
  const { output } = await waitFor(actor, ({ status }) => status === 'done');
  return output;
}

async function passes(clock: ManualClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 200) {
    await setImmediate();
    clock.advance(200);
  }
  await setImmediate();
}
