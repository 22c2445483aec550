import { expect, it } from 'vitest';
import { LayerEnding } from '../../src/actors/run-attempt/layer-ending.ts';
import type { AttemptClaim } from '../../src/domain/attempt.ts';
import { InMemoryProcessTable } from '../fakes/in-memory-process-table.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const LAYER = { pid: 42, startTicks: '7', bootId: 'boot' } as const;

it('asks a layer once, when the attempt is to end and the layer is there', () => {
  const { ending, processes } = begun();
  ending.passOn(LAYER);
  expect(processes.signals).toEqual([]);
  ending.ask();
  ending.passOn(LAYER);
  ending.passOn(LAYER);
  expect(processes.signals).toEqual([{ pid: 42, signal: 'SIGTERM' }]);
  expect(ending.whyLost()).toMatchObject({ outcome: 'killed' });
});

it('takes a layer that was left alone and is gone for interrupted', () => {
  const { ending, clock, processes, claim } = begun();
  ending.killWhereFrozen(claim);
  clock.advance(60_000);
  ending.killWhereFrozen(claim);
  expect(processes.signals).toEqual([]);
  expect(ending.whyLost()).toMatchObject({ outcome: 'interrupted' });
});

it('kills a layer that lets its deadline pass, from when that is seen: it has timed out', () => {
  const { ending, clock, processes, claim } = begun();
  clock.advance(3_600_000);
  ending.killWhereFrozen(claim);
  clock.advance(25_000);
  ending.killWhereFrozen(claim);
  expect(processes.signals).toEqual([]);
  clock.advance(1);
  ending.killWhereFrozen(claim);
  expect(processes.signals).toEqual([{ pid: 42, signal: 'SIGKILL' }]);
  expect(ending.whyLost()).toMatchObject({ outcome: 'timed_out' });
});

function begun() {
  const clock = new ManualClock();
  const processes = new InMemoryProcessTable();
  processes.start(LAYER);
  const now = clock.now();
  const claim: AttemptClaim = {
    format: 1,
    ...{ attemptId: 'run.1.1', isolation: LAYER, agent: 'command' },
    ...{ startedAtEpochMs: now, deadlineEpochMs: now + 60_000, idleTimeoutMs: 0 },
    graceMs: 5_000,
    supervision: 'base',
  };
  return { ending: new LayerEnding({ clock, processes }), clock, processes, claim };
}
