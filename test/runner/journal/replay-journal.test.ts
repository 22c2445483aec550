import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AutoloopError, EXIT } from '../../../src/domain/error.ts';
import type { JournalEntry } from '../../../src/domain/journal.ts';
import { snapshotHash } from '../../../src/runner/journal/snapshot-hash.ts';
import { replayJournal, type Replayed } from '../../../src/runner/replay/replay-journal.ts';
import { policy, restored, type ModelEvent } from '../../machines/loop-model.ts';
import { SimulatedLoop, type Fate } from '../../machines/simulated-loop.ts';
import { JournaledLoop } from './journaled-loop.ts';

function replayed(entries: readonly JournalEntry[]): Replayed[] {
  return [...replayJournal(entries, { redactValue: (value) => value })];
}

/** What a loop with these fates is told, in order. */
function eventsOf(fates: readonly Fate[]): ModelEvent[] {
  const told: ModelEvent[] = [];
  const loop = new (class extends SimulatedLoop {
    override send(event: ModelEvent): void {
      told.push(event);
      super.send(event);
    }
  })(policy, fates);
  loop.play();
  return told;
}

const FATES = ['succeeded', 'failed', 'network_failed', 'usage_limited', 'timed_out'] as const;
const fate = fc.record({
  outcome: fc.constantFrom(...FATES),
  facts: fc.record({ costUsd: fc.constantFrom(null, 0.25) }),
});
const history = fc.record({
  fates: fc.array(fate, { minLength: 1, maxLength: 8 }),
  crashes: fc.array(fc.record({ at: fc.nat(60), beforeSaving: fc.boolean() }), { maxLength: 4 }),
});

describe('a replay', () => {
  test('comes to the very snapshot on disk, whatever happened and wherever runners died', () => {
    fc.assert(
      fc.property(history, ({ fates, crashes }) => {
        const loop = new JournaledLoop();
        eventsOf(fates).forEach((event, index) => {
          const crash = crashes.find(({ at }) => at === index);
          if (crash && loop.state !== 'idle') {
            loop.crash(event, crash);
            loop.send({ ...restored(policy), at: 1 });
          }
          loop.send(event);
        });
        const steps = replayed(loop.journal.entries);
        expect(steps.filter(({ isSame }) => !isSame)).toEqual([]);
        expect(steps).toHaveLength(loop.journal.entries.length);
        expect(steps.at(-1)?.hash).toBe(snapshotHash(loop.disk));
        expect(steps.at(-1)?.state).toBe(loop.state);
      }),
      { numRuns: 25, seed: 20_261_128 },
    );
  });

  test('tells the step that was written down and not taken', () => {
    const loop = new JournaledLoop();
    const [begin, gates, ...others] = eventsOf([{ outcome: 'succeeded', facts: {} }]);
    loop.send(begin!);
    loop.crash(gates!, { beforeSaving: true });
    loop.send(gates!);
    others.forEach((event) => loop.send(event));
    const starts = replayed(loop.journal.entries).filter(({ kind }) => kind === 'start');
    expect(starts).toMatchObject([
      { state: 'idle', undone: 0 },
      { state: 'selecting.gating', undone: 1, isSame: true },
    ]);
  });

  test('names the transitions it takes by ids that stay', () => {
    const loop = new JournaledLoop();
    eventsOf([{ outcome: 'succeeded', facts: {} }]).forEach((event) => loop.send(event));
    const taken = replayed(loop.journal.entries).flatMap((step) =>
      step.kind === 'step' ? step.taken : [],
    );
    expect(taken.slice(0, 3)).toEqual([
      'idle:loop.start:0',
      'selecting.gating:xstate.done.actor.checkGates:6',
      'selecting.choosing:xstate.done.actor.selectTarget:1',
    ]);
  });

  test('ends with the first step that leads elsewhere than the journal says', () => {
    const loop = new JournaledLoop();
    eventsOf([{ outcome: 'succeeded', facts: {} }]).forEach((event) => loop.send(event));
    const entries = JSON.parse(
      JSON.stringify(loop.journal.entries).replace('"target":"svc"', '"target":"other"'),
    );
    const steps = replayed(entries);
    expect(steps.at(-1)).toMatchObject({ kind: 'step', n: 3, isSame: false, state: 'prompting' });
    expect(steps.slice(0, -1).every(({ isSame }) => isSame)).toBe(true);
  });

  test('ends where another runner began with what no step leads to', () => {
    const loop = new JournaledLoop();
    const [begin, gates, select] = eventsOf([{ outcome: 'succeeded', facts: {} }]);
    loop.send(begin!);
    loop.crash(gates!, { beforeSaving: false });
    loop.send(select!);
    const entries = loop.journal.entries.filter((entry) => 'start' in entry || entry.n !== 2);
    expect(replayed(entries).at(-1)).toMatchObject({ kind: 'start', isSame: false });
  });

  test('takes an actor that failed to the same ending', () => {
    const loop = new JournaledLoop();
    const [begin] = eventsOf([{ outcome: 'succeeded', facts: {} }]);
    const error = new AutoloopError({ code: EXIT.access, message: 'not to be read', fix: 'chmod' });
    loop.send(begin!);
    loop.send({ type: 'xstate.error.actor.checkGates', actorId: 'checkGates', error } as never);
    expect(loop.context.ending).toMatchObject({
      exitCode: EXIT.access,
      message: 'not to be read',
      fix: 'chmod',
    });
    expect(replayed(loop.journal.entries).at(-1)).toMatchObject({
      isSame: true,
      hash: snapshotHash(loop.disk),
    });
  });

  test('goes on after steps that could not be kept', () => {
    const loop = new JournaledLoop();
    const events = eventsOf([{ outcome: 'succeeded', facts: {} }]);
    events.forEach((event, index) => {
      loop.journal.refuses = index === 2 || index === 3;
      loop.send(event);
    });
    expect(loop.failures).toHaveLength(2);
    const steps = replayed(loop.journal.entries);
    expect(steps.filter(({ isSame }) => !isSame)).toEqual([]);
    expect(steps.filter(({ kind }) => kind === 'start')).toMatchObject([
      { start: { start: 'new', n: 0 } },
      { start: { start: 'gap', n: 4 } },
    ]);
    expect(steps.at(-1)?.hash).toBe(snapshotHash(loop.disk));
  });

  test('refuses to begin with what is no snapshot of this machine', () => {
    const loop = new JournaledLoop();
    const [start] = JSON.parse(JSON.stringify(loop.journal.entries).replace('"idle"', '"unheard"'));
    expect(() => replayed([start])).toThrow(expect.objectContaining({ code: EXIT.state }));
    expect(() => replayed([{ ...start, snapshot: { value: 1 } }])).toThrow(
      'no snapshot of a machine',
    );
    for (const value of ['__proto__', { running: 'constructor' }]) {
      const snapshot = { ...start.snapshot, value };
      expect(() => replayed([{ ...start, snapshot }])).toThrow('does not exist in this version');
    }
  });

  test('refuses an event that lacks what the machine reads of it, as another version may tell it', () => {
    const loop = new JournaledLoop();
    eventsOf([{ outcome: 'succeeded', facts: {} }]).forEach((event) => loop.send(event));
    const entries = loop.journal.entries.map((entry) =>
      'event' in entry && entry.event.type === 'worker.ended'
        ? { ...entry, event: { type: 'worker.ended' } }
        : entry,
    );
    expect(() => replayed(entries)).toThrow(
      expect.objectContaining({
        code: EXIT.state,
        message: expect.stringMatching(/^The journal cannot be replayed beyond step \d+: /),
      }),
    );
  });
});
