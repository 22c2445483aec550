import { setImmediate } from 'node:timers/promises';
import { createActor, setup } from 'xstate';
import { describe, expect, it } from 'vitest';
import { checkGates } from '../../src/actors/check-gates.ts';
import type { LoopWorld } from '../../src/actors/loop-world.ts';
import { watchDisk } from '../../src/actors/watch-disk.ts';
import { InMemoryWorkerList } from '../fakes/in-memory-worker-list.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

describe('a gate', () => {
  it.each([
    ['above the floor', { freeMb: 200 }, null],
    ['below the floor', { freeMb: 199.9 }, /^Only 199 MB are free on the disk of \/data\/x, less/],
    ['below none', { freeMb: 0, floorMb: 0 }, null],
    ['of which nothing is known', { freeMb: null }, null],
    ['that was full', { freeMb: 9_000, floorMb: 0, wasFull: true }, /was full/],
    ['of a run that is only ended', { freeMb: 0, launches: false }, null],
  ] as const)('looks at the disk: one %s', async (_, facts, says) => {
    const { world } = worldWith(facts);
    const actor = createActor(checkGates(world), {
      input: { iteration: null, looks: 0, skips: false },
    });
    actor.start();
    await setImmediate();
    await setImmediate();
    const verdict = actor.getSnapshot().output;
    if (says === null) {
      expect(verdict).toMatchObject({ open: true });
    } else {
      const shortage = { message: expect.stringMatching(says), fix: expect.stringContaining('df') };
      expect(verdict).toMatchObject({ open: false, shortage });
    }
  });
});

describe('while a worker runs', () => {
  it('the disk is looked at every 5 s, and told of once', () => {
    const { world, clock, disk } = worldWith({ freeMb: 500 });
    const { said } = playedBy(world);
    clock.advance(20_000);
    expect([disk.looks, said]).toEqual([4, []]);
    disk.freeMb = 3;
    clock.advance(4_999);
    expect(said).toEqual([]);
    clock.advance(60_000);
    expect([disk.looks, said]).toEqual([
      5,
      [expect.objectContaining({ type: 'disk.low', message: expect.stringContaining('3 MB') })],
    ]);
  });

  it('nobody looks any more once it has ended', () => {
    const { world, clock, disk } = worldWith({ freeMb: 3 });
    playedBy(world).actor.stop();
    clock.advance(60_000);
    expect([disk.looks, clock.pending()]).toEqual([0, []]);
  });
});

interface Facts {
  readonly freeMb: number | null;
  readonly floorMb?: number;
  readonly wasFull?: boolean;
  readonly launches?: boolean;
}

function worldWith({ freeMb, floorMb = 200, wasFull = false, launches = true }: Facts) {
  const clock = new ManualClock();
  const disk = { freeMb, looks: 0 };
  const world = {
    ...{ clock, launches, loop: 'x', paths: { directory: '/data/x' } },
    lookAfterFiles: () => {},
    settings: { minFreeMb: floorMb },
    ...{ workers: new InMemoryWorkerList(), task: { definition: { startGates: false } } },
    persisted: async () => {},
    disk: {
      freeMb: () => {
        disk.looks += 1;
        return disk.freeMb;
      },
      wasFull: () => wasFull,
    },
  } as unknown as LoopWorld;
  return { world, clock, disk };
}

/** What it says to the machine that invoked it. */
function playedBy(world: LoopWorld) {
  const said: unknown[] = [];
  const machine = setup({ actors: { watchDisk: watchDisk(world) } }).createMachine({
    invoke: { src: 'watchDisk' },
    on: { 'disk.low': { actions: ({ event }) => said.push(event) } },
  });
  const actor = createActor(machine);
  actor.start();
  return { said, actor };
}
