import { createActor, waitFor } from 'xstate';
import { expect, it } from 'vitest';
import { drainWorkers } from '../../src/actors/drain-workers.ts';
import type { LoopWorld } from '../../src/actors/loop-world.ts';
import { InMemoryProcessTable } from '../fakes/in-memory-process-table.ts';
import { InMemoryWorkerList } from '../fakes/in-memory-worker-list.ts';

// A run that a fault of its own ends does not follow its worker any more: nobody else would tell the layer to go.
it('tells a layer that is kept for a next attempt to go, and waits until it has', async () => {
  const layer = { pid: 7, startTicks: '1', bootId: 'boot' };
  const processes = new InMemoryProcessTable();
  processes.start(layer);
  const workers = new InMemoryWorkerList();
  workers.add(layer, { iteration: 3, attempt: 1 });
  const world = {
    ...{ processes, workers, bootId: 'boot', persisted: async () => {} },
    clock: { now: () => 42, startTimer: (_: number, done: () => void) => setImmediate(done) },
    isolation: { noMore: () => processes.end(layer) },
  } as unknown as LoopWorld;
  const actor = createActor(drainWorkers(world), { input: { runId: 'r' } });
  actor.start();
  const { output } = await waitFor(actor, ({ status }) => status === 'done');
  expect(output).toEqual({ at: 42 });
  expect(workers.list()).toEqual([]);
});
