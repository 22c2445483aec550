import { existsSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { identityOf } from '../../src/stores/process-identity.ts';
import { IsolationLayer, orderFor, program, until } from './isolation-layer.ts';
import { temporaryRoot } from './temporary-root.ts';

it.each([
  ['nothing', ''],
  ['the result of another attempt', JSON.stringify({ format: 1, attemptId: 'forged' })],
])('keeps its result in the place of %s', async (_, forged) => {
  const layer = new IsolationLayer(orderFor(temporaryRoot(), program('ends-on-term.mjs')));
  await layer.said('agent');
  writeFileSync(`${layer.order.directory}/result.json`, forged);
  layer.signal('SIGTERM');
  expect(await layer.exit).toBe(0);
  expect(layer.result).toMatchObject({ outcome: 'killed', attemptId: layer.order.attemptId });
});

it('leaves its number to another run that has come to it', async () => {
  const layer = new IsolationLayer(orderFor(temporaryRoot(), program('ends-on-term.mjs')));
  await layer.said('agent');
  const other = { ...layer.claim, attemptId: 'another-1-1' };
  writeFileSync(`${layer.order.directory}/claim.json`, JSON.stringify(other));
  layer.signal('SIGTERM');
  expect(await layer.exit).toBe(75);
  expect(layer.hasResult).toBe(false);
});

it('plays by a claim that its runner has written in its name', async () => {
  const order = orderFor(temporaryRoot(), program('exits-with.sh'), { args: ['0', 'once'] });
  const layer = new IsolationLayer(order, { isHeld: true });
  await until(() => identityOf(layer.child.pid ?? 0) !== null);
  const claim = {
    ...{ format: 1, attemptId: order.attemptId, isolation: identityOf(layer.child.pid ?? 0) },
    ...{ agent: 'command', startedAtEpochMs: 1, deadlineEpochMs: Date.now() + 60_000 },
    ...{ idleTimeoutMs: 0, graceMs: 5_000, supervision: 'base' },
  };
  writeFileSync(`${order.directory}/claim.json`, JSON.stringify(claim));
  layer.handOver();
  expect(await layer.exit).toBe(0);
  expect(layer.result).toMatchObject({ outcome: 'succeeded', startedAtEpochMs: 1 });
  expect(existsSync(order.logFile)).toBe(true);
});
