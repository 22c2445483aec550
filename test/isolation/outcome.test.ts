import { chmodSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FileAttemptStore } from '../../src/stores/file-attempt-store.ts';
import { IsolationLayer, orderFor, program } from './isolation-layer.ts';
import { SUPERVISIONS } from './supervisions.ts';
import { temporaryRoot } from './temporary-root.ts';

describe.each(SUPERVISIONS)('supervision $name', ({ namespace }) => {
  it('tells success with the last words', async () => {
    const result = await played('exits-with.sh', ['0', 'all is well']);
    expect(result).toMatchObject({ outcome: 'succeeded', exitCode: 0, signal: null, swept: [] });
    expect(result).toMatchObject({ finalMessage: 'all is well', outputBytes: 12 });
  });

  it('keeps a result that the store can read', async () => {
    const root = temporaryRoot();
    const order = orderFor(root, program('exits-with.sh'), { namespace, args: ['0'] });
    const directory = new FileAttemptStore(`${root}/iterations`).directory({
      iteration: 1,
      attempt: 1,
    });
    await new IsolationLayer({ ...order, directory }).exit;
    const store = new FileAttemptStore(`${root}/iterations`);
    expect(store.readResult({ iteration: 1, attempt: 1 })?.outcome).toBe('succeeded');
    expect(store.readClaim({ iteration: 1, attempt: 1 })?.agent).toBe('command');
  });

  it('tells the exit code of a failure', async () => {
    const result = await played('exits-with.sh', ['3']);
    expect(result).toMatchObject({ outcome: 'failed', exitCode: 3, signal: null });
  });

  it('hands over a prompt of 200 kB, to a stdin that can be opened by name', async () => {
    const stdin = 'x'.repeat(200_000);
    const layer = new IsolationLayer(
      orderFor(temporaryRoot(), program('counts-prompt.sh'), { namespace, stdin }),
    );
    expect((await layer.ended()).outcome).toBe('succeeded');
    expect(layer.log).toBe('prompt 200000\nsaid by name\n');
  });

  it('does without an agent that reads its prompt', async () => {
    const stdin = 'x'.repeat(1_000_000);
    const layer = new IsolationLayer(
      orderFor(temporaryRoot(), program('closes-stdin.sh'), { namespace, stdin }),
    );
    expect((await layer.ended()).outcome).toBe('succeeded');
  });

  it('gives the agent its own environment and nothing else', async () => {
    const order = orderFor(temporaryRoot(), program('prints-env.sh'), { namespace });
    const layer = new IsolationLayer({ ...order, env: { ...order.env, ONLY: 'this' } });
    await layer.ended();
    const byShell = /^(PWD|OLDPWD|SHLVL|_)=/;
    const lines = layer.log.trim().split('\n');
    expect(new Set(lines.filter((line) => !byShell.test(line)))).toEqual(
      new Set([`AUTOLOOP_ATTEMPT_ID=${order.attemptId}`, 'ONLY=this', 'PATH=/usr/bin:/bin']),
    );
  });

  it.each([
    ['a program that does not exist', () => '/nowhere/agent', /was not found \(ENOENT\)/],
    ['a name that is not on its PATH', () => 'no-such-agent', /was not found \(ENOENT\)/],
    [
      'a file that must not be executed',
      (root: string) => file(root, '#!/bin/sh\n', 0o600),
      /\(EACCES\)/,
    ],
    [
      'an interpreter that does not exist',
      (root: string) => file(root, '#!/nowhere/sh\n', 0o700),
      /interpreter/,
    ],
  ])('says why %s could not be started', async (_, programIn, reason) => {
    const root = temporaryRoot();
    const result = await new IsolationLayer(orderFor(root, programIn(root), { namespace })).ended();
    expect(result).toMatchObject({ outcome: 'worker_unavailable', exitCode: null, signal: null });
    expect(result.reason).toMatch(reason);
  });

  it('says so when the folder to work in does not exist', async () => {
    const order = orderFor(temporaryRoot(), '/bin/true', { namespace, cwd: '/nowhere' });
    const result = await new IsolationLayer(order).ended();
    expect(result).toMatchObject({ outcome: 'worker_unavailable' });
    expect(result.reason).toBe('its folder /nowhere does not exist (ENOENT)');
  });

  it('says so when the arguments are too long for the system', async () => {
    const args = ['x'.repeat(200_000)];
    const result = await new IsolationLayer(
      orderFor(temporaryRoot(), '/bin/true', { namespace, args }),
    ).ended();
    expect(result).toMatchObject({ outcome: 'worker_unavailable' });
    expect(result.reason).toMatch(/E2BIG/);
  });

  async function played(name: string, args: readonly string[]) {
    const layer = new IsolationLayer(orderFor(temporaryRoot(), program(name), { namespace, args }));
    expect(await layer.exit).toBe(0);
    return layer.result;
  }
});

function file(root: string, content: string, mode: number): string {
  writeFileSync(`${root}/agent`, content);
  chmodSync(`${root}/agent`, mode);
  return `${root}/agent`;
}
