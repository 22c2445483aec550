import { existsSync, readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import type { AttemptClaim, AttemptOrder, AttemptResult } from '../../src/domain/attempt.ts';
import { ProcessIsolationLayers } from '../../src/runner/isolation-layers.ts';
import { sweepAttempt } from '../../src/stores/attempt-processes.ts';
import { isAlive, orderFor, program, until } from './isolation-layer.ts';
import { temporaryRoot } from './temporary-root.ts';

it('plays what follows at once, each attempt with its own log and result', async () => {
  const { layers, orderOf } = prepare({ keeps: true });
  const pids = new Set<number>();
  for (const word of ['first', 'second', 'third']) {
    const order = orderOf('exits-with.sh', '0', word);
    void layers.start(order);
    expect(await resultOf(order)).toMatchObject({ outcome: 'succeeded', finalMessage: word });
    expect(readFileSync(order.logFile, 'utf8')).toBe(`${word}\n`);
    pids.add(pidOf(order));
    layers.finished(true);
  }
  expect(pids.size, 'one layer').toBe(1);
  await layers.letGo();
  expect([...pids].some(isAlive), 'it has gone').toBe(false);
});

it.each([
  { what: 'left a process behind', agent: 'leaves-daemon.sh', args: [] },
  { what: 'printed much', agent: 'hostile/prints-long-line.mjs', args: ['-', 'leave', '2'] },
])('leaves the next attempt to a new layer after one that $what', async ({ agent, args }) => {
  const { layers, orderOf } = prepare({ keeps: true });
  const first = orderOf(agent, ...args);
  const exit = layers.start(first);
  await resultOf(first);
  expect(await exit).toBe(0);
  layers.finished(true);
  const second = orderOf('exits-with.sh', '0');
  void layers.start(second);
  expect(await resultOf(second)).toMatchObject({ outcome: 'succeeded' });
  expect(pidOf(second)).not.toBe(pidOf(first));
  layers.finished(true);
});

it('ends the layer with its attempt where the next one does not follow at once', async () => {
  const { layers, orderOf } = prepare({ keeps: false });
  const order = orderOf('exits-with.sh', '0');
  const exit = layers.start(order);
  await resultOf(order);
  layers.finished(true);
  expect(await exit).toBe(0);
});

it('starts a new layer in place of a kept one that was killed', async () => {
  const { layers, orderOf } = prepare({ keeps: true });
  const first = orderOf('exits-with.sh', '0');
  const exit = layers.start(first);
  await resultOf(first);
  layers.finished(true);
  process.kill(pidOf(first), 'SIGKILL');
  expect(await exit).toBeNull();
  const second = orderOf('exits-with.sh', '0');
  void layers.start(second);
  expect(await resultOf(second)).toMatchObject({ outcome: 'succeeded' });
  layers.finished(true);
});

it('leaves the next attempt to a new layer where TERM met a kept one', async () => {
  const { layers, orderOf } = prepare({ keeps: true });
  const first = orderOf('exits-with.sh', '0');
  void layers.start(first);
  await resultOf(first);
  layers.finished(true);
  process.kill(pidOf(first), 'SIGTERM');
  const second = orderOf('exits-with.sh', '0');
  expect(await layers.start(second), 'it left without a claim').toBe(0);
  expect(existsSync(`${second.directory}/claim.json`)).toBe(false);
  void layers.start(second);
  expect(await resultOf(second)).toMatchObject({ outcome: 'succeeded' });
});

it('ends a layer that works as soon as it is done, where no order will follow', async () => {
  const { layers, orderOf } = prepare({ keeps: true });
  const order = orderOf('forever.sh');
  const exit = layers.start(order);
  await until(() => existsSync(`${order.directory}/claim.json`));
  layers.noMore();
  process.kill(pidOf(order), 'SIGTERM');
  expect(await exit).toBe(0);
  expect(await resultOf(order)).toMatchObject({ outcome: 'killed' });
});

it('leaves a layer that works to itself', async () => {
  const { layers, orderOf } = prepare({ keeps: true });
  const order = orderOf('forever.sh');
  const exit = layers.start(order);
  await until(() => existsSync(`${order.directory}/claim.json`));
  await layers.letGo();
  expect(isAlive(pidOf(order)), 'it goes on').toBe(true);
  process.kill(pidOf(order), 'SIGTERM');
  expect(await resultOf(order)).toMatchObject({ outcome: 'killed' });
  expect(await exit).toBe(0);
});

function prepare({ keeps }: { readonly keeps: boolean }) {
  const root = temporaryRoot();
  const environment = { PATH: process.env['PATH'] };
  const layers = new ProcessIsolationLayers({ environment, directory: root, keeps });
  const orders: AttemptOrder[] = [];
  onTestFinished(async () => {
    await layers.letGo();
    await Promise.all(orders.map(({ attemptId }) => sweepAttempt(attemptId)));
  });
  const orderOf = (name: string, ...args: string[]): AttemptOrder => {
    const order = orderFor(root, program(name), { args });
    orders.push(order);
    return order;
  };
  return { layers, orderOf };
}

async function resultOf({ directory }: AttemptOrder): Promise<AttemptResult> {
  const path = `${directory}/result.json`;
  await until(() => existsSync(path));
  return JSON.parse(readFileSync(path, 'utf8'));
}

function pidOf({ directory }: AttemptOrder): number {
  const claim: AttemptClaim = JSON.parse(readFileSync(`${directory}/claim.json`, 'utf8'));
  return claim.isolation?.pid ?? 0;
}
