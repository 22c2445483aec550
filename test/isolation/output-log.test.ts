import { mkdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OutputLog } from '../../src/isolation/output-log.ts';
import { temporaryRoot } from './temporary-root.ts';

it('writes lines in the order in which they are completed', () => {
  const { log, path } = opened();
  const [out, err] = [log.channel(), log.channel()];
  out.write(Buffer.from('one '));
  err.write(Buffer.from('two\nthr'));
  out.write(Buffer.from('four\n'));
  err.write(Buffer.from('ee\n'));
  expect(readFileSync(path, 'utf8')).toBe('two\none four\nthree\n');
});

it('writes what has no line end when its stream ends, each on a line of its own', () => {
  const { log, path } = opened();
  const [out, err] = [log.channel(), log.channel()];
  out.write(Buffer.from('one'));
  err.write(Buffer.from('two'));
  out.end();
  err.end();
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo');
});

it('holds no more than 64 KiB back, and keeps the other stream apart from what was written', () => {
  const { log, path } = opened();
  const [out, err] = [log.channel(), log.channel()];
  const long = 'x'.repeat(65_537);
  out.write(Buffer.from(long));
  expect(readFileSync(path, 'utf8')).toBe(long);
  out.write(Buffer.from('y\n'));
  out.write(Buffer.from(long));
  err.write(Buffer.from('two\n'));
  out.write(Buffer.from('z\n'));
  expect(readFileSync(path, 'utf8')).toBe(`${long}y\n${long}\ntwo\nz\n`);
});

it('takes everything and keeps nothing once it cannot be written', () => {
  const path = `${temporaryRoot()}/log`;
  mkdirSync(path);
  const log = new OutputLog(path);
  const channel = log.channel();
  channel.write(Buffer.from('words\n'));
  channel.end();
  log.close();
  expect(log.failure).toBe('EISDIR');
});

function opened(): { log: OutputLog; path: string } {
  const path = `${temporaryRoot()}/log`;
  return { log: new OutputLog(path), path };
}
