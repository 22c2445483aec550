import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { identityOf } from '../../src/stores/process-identity.ts';
import { IsolationLayer, isAlive, orderFor, program, until } from './isolation-layer.ts';
import { temporaryRoot } from './temporary-root.ts';

it('lets one of several play the attempt, the others leave with 75', async () => {
  const order = orderFor(temporaryRoot(), program('exits-with.sh'), { args: ['0', 'started'] });
  const layers = Array.from({ length: 4 }, () => new IsolationLayer(order));
  const codes = await Promise.all(layers.map((layer) => layer.exit));
  expect(codes.toSorted((left, right) => Number(left) - Number(right))).toEqual([0, 75, 75, 75]);
  expect(layers[0]?.log).toBe('started\n');
});

it('starts nothing where the attempt has a result already', async () => {
  const order = orderFor(temporaryRoot(), program('exits-with.sh'), { args: ['0', 'started'] });
  writeFileSync(`${order.directory}/result.json`, '{}');
  const layer = new IsolationLayer(order);
  expect(await layer.exit).toBe(75);
  expect(layer.hasClaim).toBe(false);
  expect(layer.log).toBe('');
});

it('claims as itself, with the limits that hold while no runner lives', async () => {
  const order = orderFor(temporaryRoot(), program('forever.sh'), { idleTimeoutMs: 7_000 });
  const layer = new IsolationLayer(order);
  await layer.said('agent');
  const { claim } = layer;
  expect(claim).toMatchObject({ format: 1, attemptId: order.attemptId, agent: 'command' });
  expect(claim).toMatchObject({ idleTimeoutMs: 7_000, graceMs: 5_000, supervision: 'base' });
  expect(claim.isolation).toEqual(identityOf(layer.child.pid ?? 0));
  expect(claim.deadlineEpochMs - claim.startedAtEpochMs).toBe(order.timeoutMs);
  layer.signal('SIGTERM');
  await layer.exit;
});

it('leaves no result when it is killed itself, and an agent that can be found', async () => {
  const layer = new IsolationLayer(orderFor(temporaryRoot(), program('forever.sh')));
  const agent = await layer.told('agent');
  layer.signal('SIGKILL');
  expect(await layer.exit).toBeNull();
  expect(layer.hasClaim).toBe(true);
  expect(layer.hasResult).toBe(false);
  const { sweepAttempt } = await import('../../src/stores/attempt-processes.ts');
  expect(await sweepAttempt(layer.order.attemptId)).toHaveLength(1);
  await until(() => !isAlive(agent));
});
