import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { IsolationLayer, isAlive, orderFor, program } from './isolation-layer.ts';
import { temporaryRoot } from './temporary-root.ts';

it('ends the agent when its time has run out', async () => {
  const layer = new IsolationLayer(
    orderFor(temporaryRoot(), program('forever.sh'), { timeoutMs: 400 }),
  );
  const agent = await layer.told('agent');
  const result = await layer.ended();
  expect(result).toMatchObject({ outcome: 'timed_out', reason: 'not done within 0.4 s' });
  expect(isAlive(agent)).toBe(false);
});

it('ends a silent agent', async () => {
  const order = orderFor(temporaryRoot(), program('forever.sh'), { idleTimeoutMs: 300 });
  const result = await new IsolationLayer(order).ended();
  expect(result).toMatchObject({ outcome: 'idle_timed_out', reason: 'no sign of life for 0.3 s' });
});

it('does not take notices of retries for signs of life', async () => {
  const order = orderFor(temporaryRoot(), program('retries-forever.mjs'), {
    agent: 'claude',
    idleTimeoutMs: 500,
  });
  expect((await new IsolationLayer(order).ended()).outcome).toBe('idle_timed_out');
});

it('does not count the time that a tool call takes', async () => {
  const order = orderFor(temporaryRoot(), program('holds-tool-open.mjs'), {
    args: ['1500'],
    agent: 'claude',
    idleTimeoutMs: 400,
  });
  expect((await new IsolationLayer(order).ended()).outcome).toBe('succeeded');
});

it('takes any output of a command for a sign of life, also on stderr and without a line end', async () => {
  const order = orderFor(temporaryRoot(), '/bin/sh', {
    args: ['-c', 'for i in 1 2 3 4 5 6; do sleep 0.2; printf . >&2; done'],
    idleTimeoutMs: 600,
  });
  expect((await new IsolationLayer(order).ended()).outcome).toBe('succeeded');
});

// As a container that is paused, or a machine whose monotonic clock does not stand still while it sleeps.
it('does not take it for idleness that it was stopped together with its agent', async () => {
  const order = orderFor(temporaryRoot(), program('ends-on-term.mjs'), { idleTimeoutMs: 3_000 });
  const layer = new IsolationLayer(order);
  const agent = await layer.told('agent');
  layer.signal('SIGSTOP');
  process.kill(agent, 'SIGSTOP');
  await sleep(6_000);
  process.kill(agent, 'SIGCONT');
  layer.signal('SIGCONT');
  await sleep(500);
  process.kill(agent, 'SIGTERM');
  expect(await layer.ended()).toMatchObject({ outcome: 'succeeded', exitCode: 0 });
});
