import { chmodSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLog } from '../../src/log/create-log.ts';
import { canMount, fillDisk, smallDisk } from '../stores/small-disk.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';

test('appends a line for each message, for its user alone', () => {
  const path = join(temporaryFolder(), 'loop.log');
  const first = openLog(path);
  first.info({ iteration: 1 }, 'one');
  first.close();
  const second = openLog(path);
  second.warn({}, 'two [secret]');
  expect(messagesIn(path)).toEqual(['one', 'two [hidden]']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test.skipIf(!canMount)('on a full disk: no half line, and it goes on when there is room', () => {
  const disk = smallDisk();
  const path = join(disk, 'loop.log');
  const log = openLog(path);
  log.info({}, 'before');
  fillDisk(disk, 4_096);
  const whole = readFileSync(path, 'utf8');
  for (let line = 0; line < 3; line += 1) {
    log.info({}, 'x'.repeat(20_000));
  }
  expect(readFileSync(path, 'utf8')).toBe(whole);
  rmSync(join(disk, 'ballast'));
  log.info({}, 'after');
  expect(messagesIn(path)).toEqual([
    'before',
    'lines missing here, as the log could not be written: 3',
    'after',
  ]);
});

test('never throws, whatever is in its way, and begins when that has gone', () => {
  const path = join(temporaryFolder(), 'loop.log');
  mkdirSync(path);
  const log = openLog(path);
  log.error({}, 'unheard');
  rmSync(path, { recursive: true });
  log.info({}, 'heard');
  chmodSync(path, 0o400);
  log.close();
  log.close();
  expect(messagesIn(path)).toEqual([expect.stringMatching(/^lines missing here.*: 1$/), 'heard']);
});

function openLog(path: string) {
  return createLog({ path, loop: 'demo', redact: (text) => text.replace('secret', 'hidden') });
}

function messagesIn(path: string): unknown[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => {
    const { level, time, loop, pid, msg } = JSON.parse(line);
    expect([typeof level, Date.parse(time) > 0, loop, pid]).toEqual([
      ...['number', true, 'demo', process.pid],
    ]);
    return msg;
  });
}
