import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { IsolationLayer, orderFor, program } from './isolation-layer.ts';
import { temporaryRoot } from './temporary-root.ts';

const secret = 'hunter2-correct-horse';
const secrets = [{ name: 'DB_PASSWORD', value: secret }];

it('keeps no secret, in the log or in the result, however it was printed', async () => {
  const order = orderFor(temporaryRoot(), program('prints-secret.sh'), { args: [secret], secrets });
  const layer = new IsolationLayer(order);
  const result = await layer.ended();
  expect(layer.log + JSON.stringify(result)).not.toContain(secret);
  expect(layer.log.match(/\[REDACTED/g)).toHaveLength(4);
  expect(layer.log).toMatch(/last: \[REDACTED[^\]]*\]$/);
  expect(result.finalMessage).toContain('[REDACTED');
});

it('keeps no half of a secret where a long message was cut', async () => {
  const text = `${secret}${' word'.repeat(1_598)}`;
  expect(text.length).toBeGreaterThan(8_000);
  const line = JSON.stringify({
    type: 'result',
    subtype: 'success',
    is_error: false,
    result: text,
  });
  const hex = Buffer.from(`${line}\n`).toString('hex');
  const order = orderFor(temporaryRoot(), program('prints-bytes.mjs'), {
    args: [hex],
    agent: 'claude',
    secrets,
  });
  const { finalMessage } = await new IsolationLayer(order).ended();
  expect(finalMessage.length).toBeGreaterThan(7_900);
  expect(finalMessage.slice(0, 5)).toBe('word ');
});

it('does not tear lines of the two streams apart', async () => {
  const layer = new IsolationLayer(orderFor(temporaryRoot(), program('prints-both-streams.mjs')));
  await layer.ended();
  const lines = layer.log
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(400);
  expect(lines.flatMap(({ out }) => out ?? [])).toEqual(
    Array.from({ length: 200 }, (_, index) => index),
  );
  expect(lines.flatMap(({ err }) => err ?? [])).toEqual(
    Array.from({ length: 200 }, (_, index) => index),
  );
});

it('appends to what former attempts have said, on a line of its own', async () => {
  const order = orderFor(temporaryRoot(), program('exits-with.sh'), { args: ['0', 'second'] });
  writeFileSync(order.logFile, 'first');
  const layer = new IsolationLayer(order);
  await layer.ended();
  expect(layer.log).toBe('first\nsecond\n');
});

it('goes on unlogged where the log cannot be opened, and says so', async () => {
  const order = orderFor(temporaryRoot(), program('exits-with.sh'), { args: ['0', 'words'] });
  mkdirSync(order.logFile);
  const result = await new IsolationLayer(order).ended();
  expect(result).toMatchObject({ outcome: 'succeeded', finalMessage: 'words', outputBytes: 6 });
  expect(result.reason).toMatch(/log could not be written to the end \(EISDIR\)/);
});

it.runIf(process.getuid?.() === 0)(
  'goes on unlogged when the disk is full, and says so',
  async () => {
    const root = temporaryRoot();
    mkdirSync(`${root}/full`);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', `${root}/full`]);
    onTestFinished(() => void execFileSync('umount', [`${root}/full`]));
    const order = orderFor(root, program('hostile/prints-long-line.mjs'), {
      args: ['-', 'leave', '5'],
      logFile: `${root}/full/000001.log`,
    });
    const result = await new IsolationLayer(order).ended();
    expect(result).toMatchObject({ outcome: 'succeeded', outputBytes: 5 * 1024 * 1024 + 11 });
    expect(result.reason).toMatch(/log could not be written to the end \(ENOSPC\)/);
  },
);

it.runIf(process.getuid?.() === 0)(
  'says so in a short result when the disk has no room for a whole one',
  async () => {
    const root = temporaryRoot();
    mkdirSync(`${root}/full`);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', `${root}/full`]);
    onTestFinished(() => void execFileSync('umount', [`${root}/full`]));
    mkdirSync(`${root}/full/attempt-1`);
    const fill = `dd if=/dev/zero of=${root}/full/zeros bs=4096 2>/dev/null; dd if=/dev/null of=${root}/full/zeros bs=4096 seek=$(($(stat -c %s ${root}/full/zeros) / 4096 - 1)) 2>/dev/null; yes words | head -c 7900`;
    const order = orderFor(root, '/bin/sh', {
      args: ['-c', fill],
      directory: `${root}/full/attempt-1`,
    });
    const layer = new IsolationLayer(order);
    expect(await layer.exit).toBe(0);
    expect(layer.result).toMatchObject({ outcome: 'resource_exceeded', finalMessage: '' });
  },
);

it('reads all of a flood although the log is redacted line by line', async () => {
  const order = orderFor(temporaryRoot(), '/bin/sh', { args: ['-c', 'seq 1 300000'] });
  const layer = new IsolationLayer(order);
  const result = await layer.ended();
  const expected = Array.from({ length: 300_000 }, (_, index) => `${index + 1}\n`).join('');
  expect(result.outputBytes).toBe(expected.length);
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  expect(hash(layer.log)).toBe(hash(expected));
});
