import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ANY_BUDGET } from '../../src/domain/cap.ts';
import type { LoopWorld } from '../../src/actors/loop-world.ts';
import { AttemptWatch } from '../../src/actors/run-attempt/attempt-watch.ts';
import { AutoloopError, EXIT } from '../../src/domain/error.ts';
import type { ProcessIdentity } from '../../src/domain/process-identity.ts';
import type { AttemptClaim } from '../../src/domain/attempt.ts';
import type { WorkerEnded, WorkerStarted } from '../../src/domain/loop-work.ts';
import { InMemoryAttemptStore } from '../fakes/in-memory-attempt-store.ts';
import { InMemoryProcessTable } from '../fakes/in-memory-process-table.ts';
import { InMemoryWorkerList } from '../fakes/in-memory-worker-list.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { sampleResult } from '../stores/samples.ts';

const KEY = {
  ...{ iteration: 1, attempt: 1, target: null, agent: 'command' },
  ...{ session: null, budget: ANY_BUDGET },
} as const;
const LAYER = { pid: 42, startTicks: '7', bootId: 'boot' } as const;
const TIMEOUT_MS = 60_000;
const GRACE_MS = 5_000;

describe('an isolation layer that does not keep its deadline', () => {
  it('is ended 20 s after it and its grace, and the attempt has timed out', async () => {
    const watched = await claimed();
    await watched.lookAfter(TIMEOUT_MS + 10);
    await watched.lookAfter(GRACE_MS);
    await watched.lookAfter(19_000);
    expect(watched.processes.signals).toEqual([]);
    await watched.lookAfter(2_000);
    expect(watched.processes.signals).toEqual([{ pid: 42, signal: 'SIGKILL' }]);
    expect(await watched.ended()).toMatchObject({ outcome: 'timed_out', swept: ['sleep'] });
  });

  it('has its time, grace included, after a machine was suspended beyond it', async () => {
    const watched = await claimed();
    await watched.lookAfter(3_600_000);
    await watched.lookAfter(GRACE_MS);
    await watched.lookAfter(19_000);
    expect(watched.processes.signals).toEqual([]);
    await watched.lookAfter(2_000);
    expect(watched.processes.signals).toEqual([{ pid: 42, signal: 'SIGKILL' }]);
  });

  it('nor hears TERM is ended 20 s after its grace, and the attempt was killed', async () => {
    const watched = await claimed();
    watched.watch.terminate();
    await watched.lookAfter(10);
    await watched.lookAfter(GRACE_MS + 19_000);
    expect(watched.processes.signals).toHaveLength(1);
    await watched.lookAfter(2_000);
    const signals = watched.processes.signals.map(({ signal }) => signal);
    expect(signals).toEqual(['SIGTERM', 'SIGKILL']);
    expect(await watched.ended()).toMatchObject({ outcome: 'killed' });
  });
});

describe('an isolation layer that does not start', () => {
  it('is tried again after a second, then after two, and then given up', async () => {
    const watched = watching(null);
    await watched.begin();
    const tried: number[] = [watched.orders];
    for (const ms of [999, 1, 1_999, 1]) {
      await watched.pass(ms);
      tried.push(watched.orders);
    }
    expect(tried).toEqual([1, 1, 2, 2, 3]);
    await watched.pass(3_000);
    expect(await watched.ended()).toMatchObject({ outcome: 'worker_unavailable' });
  });

  it('for want of processes or memory says so', async () => {
    const watched = watching(153);
    await watched.begin();
    await watched.pass(1_000);
    await watched.pass(2_000);
    await watched.pass(3_000);
    expect(await watched.ended()).toMatchObject({ outcome: 'resource_exceeded' });
  });

  it('hands over the same order each time', async () => {
    const watched = watching(null);
    await watched.begin();
    await watched.pass(1_000);
    await watched.pass(2_000);
    expect(new Set(watched.handedOver)).toEqual(new Set([ORDER]));
  });
});

describe('an attempt whose folder is deleted', () => {
  it('goes on by the claim that was seen, and gets it back', async () => {
    const watched = await claimed();
    const claim = watched.attempts.readClaim(KEY);
    watched.attempts.forget(KEY);
    await setImmediate();
    expect(watched.attempts.readClaim(KEY)).toEqual(claim);
    expect(watched.warnings).toEqual([
      'claim.json of attempt 1 of iteration 1 was deleted or changed, and written anew',
    ]);
    expect(watched.orders, 'nobody is started for it').toBe(0);
  });

  it('is not believed a claim that names another process', async () => {
    const watched = await claimed();
    watched.attempts.restoreClaim(KEY, { ...claimAt(0), isolation: { ...LAYER, pid: 1 } });
    await setImmediate();
    watched.watch.terminate();
    expect(watched.processes.signals).toEqual([{ pid: 42, signal: 'SIGTERM' }]);
  });

  it('before its claim was seen is its layer’s, which is ended on request', async () => {
    const watched = watching(new Promise(() => {}), { layer: () => LAYER });
    watched.processes.start(LAYER);
    await watched.begin();
    expect(watched.told).toEqual([]);
    watched.attempts.forget(KEY);
    await setImmediate();
    expect(watched.told).toMatchObject([{ type: 'worker.started', pid: 42, how: 'launched' }]);
    watched.watch.terminate();
    expect(watched.processes.signals).toEqual([{ pid: 42, signal: 'SIGTERM' }]);
    expect(watched.orders).toBe(1);
  });

  it('is not launched again where its layer has gone with it', async () => {
    let layer: ProcessIdentity | null = LAYER;
    const exit = Promise.withResolvers<number>();
    const watched = watching(exit.promise, { layer: () => layer });
    await watched.begin();
    layer = null;
    watched.attempts.forget(KEY);
    exit.resolve(155);
    await setImmediate();
    await setImmediate();
    expect(watched.told.at(-1)).toMatchObject({
      end: { outcome: 'interrupted', swept: ['sleep'] },
    });
    expect(watched.orders).toBe(1);
  });

  it('while no runner lived is adopted by who is on the list', async () => {
    const watched = watching(null, { wasStarted: true });
    watched.processes.start(LAYER);
    watched.workers.add(LAYER, KEY);
    await watched.begin();
    expect(watched.told).toMatchObject([{ type: 'worker.started', pid: 42, how: 'adopted' }]);
    expect(watched.attempts.readClaim(KEY)).toMatchObject({ isolation: LAYER, graceMs: 5_000 });
    expect(watched.orders).toBe(0);
  });

  it('while no runner lived, with nobody left, was interrupted and is never started again', async () => {
    const watched = watching(null, { wasStarted: true });
    await watched.begin();
    expect(watched.told.at(-1)).toMatchObject({
      end: { outcome: 'interrupted', swept: ['sleep'] },
    });
    expect(watched.orders).toBe(0);
  });
});

describe('an attempt that nobody can have begun', () => {
  it('is launched whatever lies in its folder, which is taken away and told once', async () => {
    const watched = watching(new Promise(() => {}), { mayBeBegun: false });
    watched.attempts.claim(KEY, claimAt(0));
    watched.attempts.settle(KEY, { ...sampleResult, attemptId: 'r-1-1' });
    await watched.begin();
    expect(watched.told).toEqual([]);
    expect(watched.orders).toBe(1);
    expect(watched.warnings).toEqual([
      'the folder of attempt 1 of iteration 1 held claim.json, result.json before it began, and was emptied',
    ]);
  });

  it('is told of nothing where its folder was empty', async () => {
    const watched = watching(new Promise(() => {}), { mayBeBegun: false });
    watched.attempts.directory(KEY);
    await watched.begin();
    expect([watched.orders, watched.warnings]).toEqual([1, []]);
  });
});

describe('an attempt whose files cannot be read', () => {
  it('is not given up while its worker lives, and can be ended', async () => {
    const watched = await claimed();
    const readResult = watched.attempts.readResult.bind(watched.attempts);
    watched.attempts.readResult = () => {
      throw new AutoloopError({ code: EXIT.access, message: 'Cannot read it.', fix: 'Look.' });
    };
    await watched.lookAfter(1_000);
    await watched.pass(10_000);
    watched.watch.terminate();
    await watched.pass(1_000);
    expect(watched.processes.signals).toEqual([{ pid: 42, signal: 'SIGTERM' }]);
    expect(watched.told.filter(({ type }) => type === 'worker.ended')).toEqual([]);
    watched.attempts.readResult = readResult;
    watched.attempts.settle(KEY, { ...sampleResult, attemptId: 'r-1-1' });
    await watched.pass(1_000);
    expect(watched.told.at(-1)).toMatchObject({ type: 'worker.ended' });
  });

  it('is given up with the error once its worker has gone', async () => {
    const watched = await claimed();
    const error = new AutoloopError({
      code: EXIT.access,
      message: 'Cannot read it.',
      fix: 'Look.',
    });
    watched.attempts.readResult = () => {
      throw error;
    };
    await watched.lookAfter(1_000);
    expect(watched.failures).toEqual([]);
    watched.processes.end(LAYER);
    await watched.pass(2_000);
    expect(watched.failures).toEqual([error]);
  });
});

describe('an attempt that has ended', () => {
  it('and whose worker cannot be taken off the list tells the error, and is not waited for', async () => {
    const watched = await claimed();
    const error = new AutoloopError({
      code: EXIT.access,
      message: 'Cannot write it.',
      fix: 'Look.',
    });
    watched.workers.remove = () => {
      throw error;
    };
    watched.attempts.settle(KEY, { ...sampleResult, attemptId: 'r-1-1' });
    await watched.lookAfter(1_000);
    expect(watched.failures).toEqual([error]);
    expect(watched.told.filter(({ type }) => type === 'worker.ended')).toEqual([]);
  });
});

describe('an attempt whose agent took the folder from its loop', () => {
  it('is closed after the loop has looked after its files', async () => {
    const watched = await claimed();
    const remove = watched.workers.remove.bind(watched.workers);
    watched.workers.remove = (key) => {
      expect(watched.looks).toHaveLength(1);
      remove(key);
    };
    watched.attempts.settle(KEY, { ...sampleResult, attemptId: 'r-1-1' });
    await watched.lookAfter(1_000);
    expect(watched.failures).toEqual([]);
    expect(watched.told.at(-1)).toMatchObject({ type: 'worker.ended' });
  });
});

const ORDER = { attemptId: 'composed once' };

/** `exitCode`: of every layer that is started. */
function watching(
  exitCode: number | null | Promise<number | null>,
  { wasStarted = false, mayBeBegun = true, layer = (): ProcessIdentity | null => null } = {},
) {
  const clock = new ManualClock();
  const attempts = new InMemoryAttemptStore();
  const processes = new InMemoryProcessTable();
  const handedOver: unknown[] = [];
  const warnings: string[] = [];
  const looks: number[] = [];
  const failures: unknown[] = [];
  const workers = new InMemoryWorkerList();
  const told: (WorkerStarted | WorkerEnded)[] = [];
  const world = {
    ...{ clock, attempts, processes, runId: 'r', launches: true, random: () => 0 },
    workers,
    persisted: async () => {},
    sweepAttempt: async () => ['sleep'],
    wasStarted: () => wasStarted,
    mayBeBegun: () => mayBeBegun,
    lookAfterFiles: () => void looks.push(clock.now()),
    tampered: (file: string, wrong: string) => void warnings.push(`${file} ${wrong}`),
    settings: { timeout: 60, idleTimeout: 0, grace: 5 },
    bootId: 'boot',
    agent: { name: 'command' },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    composed: new Map([['1-1', { order: ORDER, prompt: '', notes: [] }]]),
    isolation: {
      start: (order: unknown) => {
        handedOver.push(order);
        return Promise.resolve(exitCode);
      },
      identity: () => layer(),
      finished: () => {},
      noMore: () => {},
      letGo: async () => {},
    },
  } as unknown as LoopWorld;
  const watch = new AttemptWatch(world, KEY, (event) => {
    if (event.type === 'xstate.error.actor.runAttempt') {
      failures.push(event.error);
    } else {
      told.push(event);
    }
  });
  return {
    ...{ watch, processes, attempts, clock, handedOver, workers, warnings, looks, failures, told },
    get orders() {
      return handedOver.length;
    },
    begin: async () => {
      await watch.begin();
      await setImmediate();
    },
    pass: async (ms: number) => {
      clock.advance(ms);
      await setImmediate();
    },
    /** As the store tells of changes from time to time. */
    lookAfter: async (ms: number) => {
      clock.advance(ms);
      attempts.claim(KEY, claimAt(0));
      await setImmediate();
    },
    ended: async () => {
      attempts.claim(KEY, claimAt(0));
      await setImmediate();
      const last = told.at(-1);
      return last?.type === 'worker.ended' ? last.end : null;
    },
  };
}

/** One whose isolation layer works. */
async function claimed() {
  const watched = watching(null);
  watched.processes.start(LAYER);
  watched.attempts.claim(KEY, claimAt(watched.clock.now()));
  await watched.begin();
  return watched;
}

function claimAt(startedAtEpochMs: number): AttemptClaim {
  return {
    ...{ format: 1, attemptId: 'r-1-1', isolation: LAYER, agent: 'command', startedAtEpochMs },
    ...{ deadlineEpochMs: startedAtEpochMs + TIMEOUT_MS, idleTimeoutMs: 0, graceMs: GRACE_MS },
    supervision: 'base',
  };
}
