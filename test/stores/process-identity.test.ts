import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { InMemoryProcessTable } from '../fakes/in-memory-process-table.ts';
import { darwinProcessStart } from '../../src/stores/darwin-process-start.ts';
import {
  bootId,
  identityOf,
  isAlive,
  ownIdentity,
  pidNamespace,
} from '../../src/stores/process-identity.ts';
import { SystemProcessTable } from '../../src/stores/system-process-table.ts';
import { keepsTheProcessTableContract } from './contracts/process-table.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('knows itself', () => {
  const own = ownIdentity();
  expect(own).toEqual({ pid: process.pid, startTicks: expect.any(String), bootId: bootId() });
  expect(isAlive(own)).toBe(true);
});

test('knows nobody under a pid that is not in use', () => {
  expect(identityOf(2 ** 22 + 1)).toBeNull();
});

test('a process stopped by SIGSTOP is alive, a killed one is not', async () => {
  const child = spawn('sleep', ['60']);
  onTestFinished(() => void child.kill('SIGKILL'));
  const identity = identityOf(child.pid ?? 0);
  expect(identity).not.toBeNull();
  child.kill('SIGSTOP');
  expect(identity && isAlive(identity)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(identity && isAlive(identity)).toBe(false);
});

test.runIf(process.platform === 'linux')('a zombie is dead', async () => {
  // exec leaves a parent that never waits for its child.
  const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60']);
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line] = await once(parent.stdout, 'data');
  const zombie = Number(String(line));
  await expect.poll(() => identityOf(zombie)).toBeNull();
  expect(() => process.kill(zombie, 0)).not.toThrow();
});

test.runIf(process.platform === 'linux')(
  'is not misled by blanks and parentheses in a name',
  () => {
    const program = join(temporaryFolder(), 'a) S 1 (b');
    copyFileSync('/bin/sleep', program);
    const child = spawn(program, ['60']);
    onTestFinished(() => void child.kill('SIGKILL'));
    const ticks = Number(identityOf(child.pid ?? 0)?.startTicks);
    expect(ticks).toBeGreaterThanOrEqual(Number(ownIdentity().startTicks));
  },
);

test.runIf(process.platform === 'linux')('names the pid namespace', () => {
  expect(pidNamespace()).toMatch(/^pid:\[\d+\]$/);
});

describe('SystemProcessTable', () => {
  keepsTheProcessTableContract(async () => {
    const child = spawn('sleep', ['60']);
    onTestFinished(() => void child.kill('SIGKILL'));
    const identity = identityOf(child.pid ?? 0) ?? ownIdentity();
    return { table: new SystemProcessTable(), identity, gone: once(child, 'exit') };
  });
});

describe('InMemoryProcessTable', () => {
  keepsTheProcessTableContract(async () => {
    const table = new InMemoryProcessTable();
    const identity = { pid: 4242, startTicks: '1234', bootId: 'boot' };
    table.start(identity);
    return { table, identity, gone: Promise.resolve() };
  });
});

test.runIf(existsSync('/bin/ps'))(
  'as told by ps: a living process, none, and a zombie',
  async () => {
    expect(darwinProcessStart(process.pid)).toMatch(/^\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4}$/);
    expect(darwinProcessStart(2 ** 22 + 1)).toBeNull();
    const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60']);
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [line] = await once(parent.stdout, 'data');
    await expect.poll(() => darwinProcessStart(Number(String(line)))).toBeNull();
  },
);
