import { expect, it } from 'vitest';
import { IsolationLayer, isAlive, orderFor, program } from './isolation-layer.ts';
import { temporaryRoot } from './temporary-root.ts';

const secret = 'hunter2-correct-horse';
const secrets = [{ name: 'DB_PASSWORD', value: secret }];

it('ends the agent when something of ours breaks, and says what, without its secrets', async () => {
  const order = orderFor(temporaryRoot(), program('forever.sh'), { secrets });
  const bug = `process.on('SIGUSR2', () => { throw new Error('bug with ${secret}') });`;
  const layer = new IsolationLayer(order, { preload: bug });
  const agent = await layer.told('agent');
  layer.signal('SIGUSR2');
  const result = await layer.ended();
  expect(result).toMatchObject({ outcome: 'unknown', signal: 'SIGKILL' });
  expect(result.reason).toMatch(/bug with \[REDACTED/);
  expect(isAlive(agent)).toBe(false);
  expect(layer.stderr).toMatch(/bug with \[REDACTED/);
  expect(layer.stderr).not.toContain(secret);
});

it('keeps what it preloads to itself', async () => {
  const layer = new IsolationLayer(orderFor(temporaryRoot(), program('prints-env.sh')), {
    preload: '0',
  });
  await layer.ended();
  expect(layer.log).not.toContain('NODE_OPTIONS');
});

it('does with sockets where it cannot have pipes', async () => {
  const order = orderFor(temporaryRoot(), program('exits-with.sh'), { args: ['0', 'words'] });
  const layer = new IsolationLayer(order, { path: '/nowhere' });
  expect((await layer.ended()).outcome).toBe('succeeded');
  expect(layer.log).toBe('words\n');
});

it('leaves with 150 and without a claim when it does not know the agent', async () => {
  const order = orderFor(temporaryRoot(), '/bin/true', { agent: 'nobody' });
  const layer = new IsolationLayer(order);
  expect(await layer.exit).toBe(150);
  expect(layer.hasClaim).toBe(false);
  expect(layer.stderr).toContain('nobody');
});
