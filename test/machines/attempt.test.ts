import { createActor, fromCallback, fromPromise, toPromise, type EventObject } from 'xstate';
import { expect, it } from 'vitest';
import { attemptMachine } from '../../machines/attempt.machine.ts';
import type { Deadline } from '../../machines/attempt/events.ts';
import { exited, limits, type ModelEvent } from './attempt-model.ts';
import { PlayedAttempt } from './played-attempt.ts';

const settled = { type: 'xstate.done.actor.settleTree', actorId: 'settleTree' } as const;
const swept = {
  type: 'xstate.done.actor.sweepTree',
  actorId: 'sweepTree',
  output: ['a', 'b', 'c'],
} as const;
const drained = { type: 'xstate.done.actor.drainOutput', actorId: 'drainOutput' } as const;

it('ends with the exit of an agent that ended by itself', async () => {
  const attempt = await played({ type: 'agent.started' }, exited, settled, swept, drained);
  expect(attempt.actor.getSnapshot().output).toEqual({
    terminationReason: null,
    exit: { exitCode: 0, signal: null },
    startFailure: null,
    fault: null,
    excess: null,
    swept: ['a', 'b', 'c'],
  });
  expect(attempt.acts).toEqual([]);
});

it('asks first, and kills what does not end within its grace', async () => {
  const attempt = await played({ type: 'agent.started' }, { type: 'stop.requested' });
  attempt.monotonic.advance(limits.graceMs - 1);
  expect(attempt.acts).toEqual(['TERM']);
  attempt.monotonic.advance(1);
  expect(attempt.acts).toEqual(['TERM', 'KILL']);
});

it('kills at once when it is told to stop a second time', async () => {
  const stop = { type: 'stop.requested' } as const;
  const attempt = await played({ type: 'agent.started' }, stop, stop);
  expect(attempt.acts).toEqual(['TERM', 'KILL']);
});

it('takes the first stop for the first, even where a deadline has asked the agent to end', async () => {
  const attempt = await played(
    { type: 'agent.started' },
    { type: 'deadline.total' },
    { type: 'stop.requested' },
  );
  expect(attempt.acts).toEqual(['TERM']);
  await attempt.play({ type: 'stop.requested' });
  expect(attempt.acts).toEqual(['TERM', 'KILL']);
  expect(attempt.actor.getSnapshot().context.terminationReason).toBe('total');
});

it('lets a result stand that came before the time ran out', async () => {
  const attempt = await played(
    { type: 'agent.started' },
    { type: 'agent.finalResult' },
    { type: 'deadline.total' },
  );
  expect(attempt.actor.getSnapshot().context.terminationReason).toBe('linger');
});

it('begins to wait for life anew when the agent works on after a result', async () => {
  const attempt = await played({ type: 'agent.started' });
  attempt.monotonic.advance(limits.idleTimeoutMs - 1);
  await attempt.play({ type: 'agent.finalResult' }, { type: 'agent.resumed' });
  attempt.monotonic.advance(limits.idleTimeoutMs - 1);
  expect(attempt.actor.getSnapshot().value).toBe('working');
  attempt.monotonic.advance(1);
  expect(attempt.actor.getSnapshot().value).toBe('terminating');
});

it('does not count a suspended machine as idle, but as time', async () => {
  const attempt = await played({ type: 'agent.started' });
  attempt.wall.advance(limits.deadlineEpochMs - 1);
  expect(attempt.actor.getSnapshot().value).toBe('working');
  attempt.wall.advance(1);
  expect(attempt.actor.getSnapshot().context.terminationReason).toBe('total');
});

it('asks again when an agent comes up only after it was told to end', async () => {
  const attempt = await played({ type: 'stop.requested' }, { type: 'agent.started' });
  expect(attempt.acts).toEqual(['TERM', 'TERM']);
});

it('sweeps even where the system cannot end the agent', async () => {
  const attempt = await played(
    { type: 'agent.started' },
    { type: 'deadline.total' },
    { type: 'deadline.grace' },
    { type: 'deadline.exit' },
    { type: 'deadline.settle' },
    swept,
    { type: 'deadline.drain' },
  );
  expect(attempt.actor.getSnapshot().output?.exit).toBeNull();
});

async function played(...events: readonly ModelEvent[]): Promise<PlayedAttempt> {
  const attempt = new PlayedAttempt();
  await attempt.play(...events);
  return attempt;
}

it.each(['terminateTree', 'killTree', 'runAgent'] as const)(
  'goes on to its end when %s throws',
  async (name) => {
    const broken = fromCallback(() => {
      throw new Error('broken');
    });
    const quiet = fromCallback(() => {});
    const machine = attemptMachine.provide({
      actors: {
        runAgent: quiet,
        terminateTree: quiet,
        killTree: quiet,
        awaitDeadline: fromCallback<EventObject, Deadline>(({ input, sendBack }) => {
          if (input.kind !== 'total') {
            queueMicrotask(() => sendBack({ type: `deadline.${input.kind}` }));
          }
        }),
        watchLimits: quiet,
        settleTree: fromPromise(async () => {}),
        sweepTree: fromPromise<readonly string[]>(async () => []),
        drainOutput: fromPromise(async () => {}),
        [name]: broken,
      },
    });
    const actor = createActor(machine, { input: limits }).start();
    actor.send({ type: 'stop.requested' });
    expect((await toPromise(actor)).fault).toBe('broken');
  },
);
