import { getShortestPaths } from 'xstate/graph';
import { describe, expect, it } from 'vitest';
import { breakerMachine } from '../../machines/breaker.machine.ts';
import { advanceBreaker } from '../../machines/breaker/advance.ts';
import type { BreakerEvent } from '../../machines/breaker/events.ts';
import { diagnosis } from '../../machines/breaker/diagnosis.ts';
import { CLOSED_BREAKER, cooldownMs, type Breaker } from '../../machines/breaker/memory.ts';
import type { BreakerEvidence, BreakerPolicy } from '../../src/domain/breaker.ts';
import { OUTCOMES, countsAsFailure, isSuccess, type Outcome } from '../../src/domain/outcome.ts';

const POLICY: BreakerPolicy = {
  ...{ failures: 3, sameError: 3, sameTarget: 3, noChange: 3 },
  cooldownMs: 600_000,
};
const NEVER: BreakerPolicy = { ...POLICY, failures: 0, sameError: 0, sameTarget: 0, noChange: 0 };

function ended(
  outcome: Outcome,
  facts: Partial<BreakerEvidence & BreakerPolicy> = {},
): BreakerEvent {
  const { iteration = 1, target = null, reason = 'boom', changed = null, ...policy } = facts;
  const evidence = { iteration, outcome, target, reason, changed };
  return { type: 'iteration.ended', evidence, policy: { ...POLICY, ...policy } };
}

const COOLED: BreakerEvent = { type: 'cooldown.over' };
const CHANGED: BreakerEvent = { type: 'work.changed' };
const UNCHANGED = ended('no_change', { changed: false });

function after(...events: readonly BreakerEvent[]): Breaker {
  return events.reduce(advanceBreaker, CLOSED_BREAKER);
}

const times = (count: number, event: BreakerEvent): BreakerEvent[] => Array(count).fill(event);

describe('a breaker opens', () => {
  it('when the same error comes three times in a row', () => {
    const breaker = after(
      ended('failed', { reason: 'exit code 7: at line 1' }),
      ended('failed', { reason: 'exit code 7: at line 2' }),
      ended('failed', { reason: 'exit code 7: at line 3' }),
    );
    expect(breaker).toMatchObject({ state: 'open', memory: { cause: 'same_error' } });
  });

  it('when three in a row fail, each in its own way', () => {
    const breaker = after(ended('failed', { reason: 'a' }), ended('timed_out'), ended('max_turns'));
    expect(breaker).toMatchObject({ state: 'open', memory: { cause: 'failures' } });
  });

  it('when a target does not get better in three iterations in a row', () => {
    const target = 'svc';
    const breaker = after(
      ended('failed', { target, reason: 'a' }),
      ended('no_change', { target, changed: false }),
      ended('failed', { target, reason: 'b' }),
    );
    expect(breaker).toMatchObject({ state: 'open', memory: { cause: 'same_target' } });
  });

  it('when nothing changes three times in a row', () => {
    expect(after(...times(3, UNCHANGED))).toMatchObject({
      state: 'open',
      memory: { cause: 'no_change' },
    });
  });

  it.each([
    [
      'a success in between',
      [ended('failed'), ended('failed'), ended('succeeded'), ended('failed')],
    ],
    ['fewer', times(2, ended('failed'))],
    [
      'a change in between',
      [UNCHANGED, UNCHANGED, ended('succeeded', { changed: true }), UNCHANGED],
    ],
    [
      'another target in between',
      ['a', 'b', 'a'].map((target) => ended('no_change', { target, changed: false, noChange: 0 })),
    ],
    ['what nobody knows to be unchanged', times(9, ended('succeeded'))],
    ['a policy that never opens', times(9, { ...ended('failed'), policy: NEVER } as BreakerEvent)],
  ])('but not with %s', (_, events) => {
    expect(after(...events).state).toBe('closed');
  });

  it('by nothing but what the agent did', () => {
    for (const outcome of Object.keys(OUTCOMES) as Outcome[]) {
      const opens = after(...times(9, ended(outcome))).state === 'open';
      expect(opens, outcome).toBe(countsAsFailure(outcome));
    }
  });

  it('not by an outage in the middle of failures, which does not count either way', () => {
    const outage = times(20, ended('network_failed'));
    const breaker = after(ended('failed'), ...outage, ended('failed'));
    expect(breaker).toMatchObject({ state: 'closed', memory: { failuresInRow: 2 } });
  });
});

describe('a breaker that is open', () => {
  const open = after(...times(3, ended('failed')));

  it('tries one iteration when its cool-down is over, and closes when that is better', () => {
    const probing = advanceBreaker(open, COOLED);
    expect(probing.state).toBe('halfOpen');
    expect(advanceBreaker(probing, ended('succeeded'))).toEqual(CLOSED_BREAKER);
  });

  it('opens again for twice as long when it is not, up to an hour', () => {
    let breaker = open;
    const minutes = [cooldownMs(breaker.memory, POLICY)];
    for (let probe = 0; probe < 4; probe += 1) {
      breaker = [COOLED, ended('failed')].reduce(advanceBreaker, breaker);
      expect(breaker.state).toBe('open');
      minutes.push(cooldownMs(breaker.memory, POLICY));
    }
    expect(minutes.map((ms) => ms / 60_000)).toEqual([10, 20, 40, 60, 60]);
    const long = { ...POLICY, cooldownMs: 7_200_000 };
    expect(cooldownMs(breaker.memory, long)).toBe(7_200_000);
  });

  it('stays on probation after what was not the doing of the agent', () => {
    const probing = advanceBreaker(open, COOLED);
    expect(advanceBreaker(probing, ended('network_failed'))).toEqual(probing);
  });

  it('for want of change closes by a change alone', () => {
    const probing = [...times(3, UNCHANGED), COOLED].reduce(advanceBreaker, CLOSED_BREAKER);
    expect(advanceBreaker(probing, UNCHANGED).state).toBe('open');
    expect(advanceBreaker(probing, ended('succeeded', { changed: true })).state).toBe('closed');
  });

  it('closes for another prompt, task or setting, and forgets', () => {
    for (const breaker of [open, advanceBreaker(open, COOLED), after(ended('failed'))]) {
      expect(advanceBreaker(breaker, CHANGED)).toEqual(CLOSED_BREAKER);
    }
  });

  it('says what repeated, the last errors and what to do', () => {
    const words = diagnosis(open.memory);
    expect(words).toMatch(/^The same error came 3 times in a row\.\n/);
    expect(words).toContain('Iteration 1: failed: boom');
    expect(words).toContain('autoloop show 1');
    expect(words).toContain('skip-wait');
  });
});

describe('every state of the breaker', () => {
  const evidence = Object.keys(OUTCOMES).map((outcome) =>
    ended(outcome as Outcome, { changed: outcome === 'no_change' ? false : null }),
  );
  const events = [...evidence, ended('succeeded', { changed: true }), COOLED, CHANGED];
  const paths = getShortestPaths(breakerMachine, {
    events,
    serializeState: ({ value, context }) =>
      JSON.stringify([
        value,
        context.cause,
        Math.min(context.failuresInRow, 4),
        Math.min(context.unchangedInRow, 4),
      ]),
    limit: 20_000,
  });

  it('is found', () => {
    const states = new Set(paths.map(({ state }) => state.value));
    expect([...states].toSorted()).toEqual(['closed', 'halfOpen', 'open']);
    expect(paths.length).toBeGreaterThan(10);
  });

  it('has a way to closed by work that is good, without anybody changing anything', () => {
    for (const { state } of paths) {
      const breaker = { state: state.value, memory: state.context };
      const good = ended('succeeded', { changed: true });
      const closed = [COOLED, good].reduce(advanceBreaker, breaker);
      expect(closed.state, JSON.stringify(breaker)).toBe('closed');
    }
  });

  it('is closed at once by another prompt, task or setting', () => {
    for (const { state } of paths) {
      const breaker = { state: state.value, memory: state.context };
      expect(advanceBreaker(breaker, CHANGED)).toEqual(CLOSED_BREAKER);
    }
  });
});

it('counts a success as such whatever its name', () => {
  for (const outcome of Object.keys(OUTCOMES) as Outcome[]) {
    const breaker = after(ended('failed'), ended(outcome, { changed: true }));
    expect(breaker.memory.failuresInRow === 0, outcome).toBe(isSuccess(outcome));
  }
});
