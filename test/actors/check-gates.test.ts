import { createActor, toPromise } from 'xstate';
import { describe, expect, it } from 'vitest';
import { checkGates } from '../../src/actors/check-gates.ts';
import type { LoopWorld } from '../../src/actors/loop-world.ts';
import { AutoloopError } from '../../src/domain/error.ts';
import type { GateInput } from '../../src/domain/loop-work.ts';
import { InMemoryProcessTable } from '../fakes/in-memory-process-table.ts';
import { InMemoryWorkerList } from '../fakes/in-memory-worker-list.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const NOTHING = { memory: 9_999, load: 0, tcp: 0 };
const SETTINGS = { maxTcp: 15, tcpFilter: 'claude', minFreeMemory: 256, maxLoad: 2 };

describe('the gates', () => {
  it('are open where nothing is in the way', async () => {
    expect(await verdict({})).toEqual({ open: true, at: 1_000 });
  });

  it.each([
    [{ memory: 255 }, { kind: 'memory', value: 255, limit: 256 }],
    [{ load: 2.5 }, { kind: 'load', value: 2.5, limit: 2 }],
    [{ tcp: 16 }, { kind: 'tcp', value: 16, limit: 15 }],
    [{ worker: true }, { kind: 'workers', value: 1, limit: 0 }],
  ])('are closed by %j', async (machine, gate) => {
    expect(await verdict({ machine })).toEqual({
      open: false,
      at: 1_000,
      gate,
      retryAtEpochMs: 6_000,
    });
  });

  it.each([{ memory: 256 }, { load: 2 }, { tcp: 15 }])(
    'are open at the limit itself: %j',
    async (machine) => {
      expect(await verdict({ machine })).toMatchObject({ open: true });
    },
  );

  it('that are off keep nobody', async () => {
    const settings = { maxTcp: 0, tcpFilter: '', minFreeMemory: 0, maxLoad: 0 };
    const machine = { memory: 0, load: 99, tcp: 99 };
    expect(await verdict({ settings, machine })).toMatchObject({ open: true });
  });

  it('are passed by a task that needs none', async () => {
    expect(await verdict({ task: { startGates: false }, machine: { tcp: 99 } })).toMatchObject({
      open: true,
    });
  });

  it('are passed with the leave of the operator', async () => {
    expect(await verdict({ input: { skips: true }, machine: { tcp: 99 } })).toMatchObject({
      open: true,
    });
  });

  it('never let a runner begin that has lost its lock', async () => {
    const lost = verdict({ input: { skips: true }, isHeld: false });
    await expect(lost).rejects.toMatchObject({ code: 152 });
  });

  it('are looked at ever less often, and at least once a minute', async () => {
    const delays = [0, 1, 2, 3, 4, 50].map(async (looks) => {
      const found = await verdict({ input: { looks }, machine: { tcp: 99 } });
      return 'retryAtEpochMs' in found ? found.retryAtEpochMs - found.at : null;
    });
    expect(await Promise.all(delays)).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  });
});

interface Facts {
  readonly machine?: Partial<typeof NOTHING & { readonly worker: boolean }>;
  readonly settings?: typeof SETTINGS;
  readonly task?: { readonly startGates?: boolean };
  readonly input?: Partial<GateInput>;
  readonly isHeld?: boolean;
}

function verdict({
  machine = {},
  settings = SETTINGS,
  task = {},
  input = {},
  isHeld = true,
}: Facts) {
  const worker = { pid: 7, startTicks: '1', iteration: 1, attempt: 1 };
  const processes = new InMemoryProcessTable();
  const workers = new InMemoryWorkerList();
  const identity = { pid: 7, startTicks: '1', bootId: 'b' };
  if (machine.worker) {
    processes.start(identity);
    workers.add(identity, worker);
  }
  const has = { ...NOTHING, ...machine };
  const world = {
    ...{ processes, workers, settings, bootId: 'b', clock: new ManualClock(1_000) },
    ...{ loop: 'l', paths: { directory: '/d' }, task: { definition: task } },
    ...{ launches: true, disk: { wasFull: () => false, freeMb: () => null } },
    lookAfterFiles: () => {
      if (!isHeld) {
        throw new AutoloopError({ code: 152, message: 'The lock was deleted.' });
      }
    },
    persisted: async () => {},
    gauges: {
      freeMemoryMb: () => has.memory,
      load: () => has.load,
      tcpConnections: () => has.tcp,
    },
  } as unknown as LoopWorld;
  const actor = createActor(checkGates(world), {
    input: { iteration: 1, looks: 0, skips: false, ...input },
  });
  actor.start();
  return toPromise(actor);
}
