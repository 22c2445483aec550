import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../src/domain/error.ts';
import { NdjsonEventLog } from '../../src/stores/ndjson-event-log.ts';
import { pruneIterations } from '../../src/stores/retention/prune-iterations.ts';
import { readEvents } from '../../src/stores/read-events.ts';
import { rotateFile } from '../../src/stores/rotate-file.ts';
import { FileAttemptStore } from '../../src/stores/file-attempt-store.ts';
import { keepAsIs, sampleEvents } from './samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('a rotation', () => {
  test('makes the file its youngest generation, and removes those beyond the kept number', () => {
    const path = folderWith({ log: 'now', 'log.1': 'one', 'log.2': 'two', 'log.3': 'three' });
    expect(rotateFile(path, 2)).toEqual({ file: 'log', bytes: 3, pruned: ['log.3', 'log.4'] });
    expect(contents(path)).toEqual({ 'log.1': 'now', 'log.2': 'one' });
  });

  test('takes the number that a crash left free', () => {
    const path = folderWith({ log: 'now', 'log.2': 'two', 'log.3': 'three' });
    rotateFile(path, 5);
    expect(contents(path)).toEqual({ 'log.1': 'now', 'log.2': 'two', 'log.3': 'three' });
  });

  test.each([
    ['that is empty', { log: '' }],
    ['that is not there', {}],
  ])('of a file %s is none', (_, files) => {
    const path = folderWith(files);
    expect(rotateFile(path, 5)).toBeNull();
    expect(contents(path)).toEqual(files);
  });

  test.each(['a FIFO', 'a folder'])('of %s is refused with 155 and the path', (what) => {
    const path = folderWith({ 'log.1': 'one' });
    execFileSync(what === 'a FIFO' ? 'mkfifo' : 'mkdir', [path]);
    expect(() => rotateFile(path, 5)).toThrow(
      expect.objectContaining({
        code: EXIT.access,
        message: `Cannot rotate ${path}: it is no regular file (EFTYPE).`,
        fix: expect.stringContaining('ls -ld'),
      }),
    );
    expect(existsSync(`${path}.2`)).toBe(false);
  });

  test('leaves files of other names alone', () => {
    const path = folderWith({ log: 'now', 'log.1.gz': 'a', 'log.old': 'b', 'log.01': 'c' });
    rotateFile(path, 1);
    expect(contents(path)).toEqual({
      'log.1': 'now',
      'log.1.gz': 'a',
      'log.old': 'b',
      'log.01': 'c',
    });
  });
});

describe('events that are rotated', () => {
  test('go on with their numbers, and none is missing', () => {
    const path = join(temporaryFolder(), 'events.ndjson');
    const log = new NdjsonEventLog({ path, redactor: keepAsIs });
    for (let first = 1; first <= 31; first += 10) {
      log.append(sampleEvents(first, first + 9));
      log.rotate(10);
    }
    expect(log.mend(), 'nobody else did that').toBeNull();
    log.close();
    expect([...readEvents(path)].map(({ seq }) => seq)).toEqual(numbers(1, 40));
    const again = new NdjsonEventLog({ path, redactor: keepAsIs });
    expect(again.lastSeq()).toBe(40);
    again.close();
  });

  test.each(['before the file itself was renamed', 'after it was'])(
    'are all found after a crash %s',
    (when) => {
      const path = folderWith({ events: '', 'events.1': '' });
      const log = new NdjsonEventLog({ path: `${path}.x`, redactor: keepAsIs });
      log.append(sampleEvents(1, 3));
      log.rotate(5);
      log.append(sampleEvents(4, 6));
      log.rotate(5);
      if (when.startsWith('before')) {
        log.append(sampleEvents(7, 9));
      }
      log.close();
      const last = when.startsWith('before') ? 9 : 6;
      expect([...readEvents(`${path}.x`)].map(({ seq }) => seq)).toEqual(numbers(1, last));
      const again = new NdjsonEventLog({ path: `${path}.x`, redactor: keepAsIs });
      expect(again.lastSeq()).toBe(last);
      again.close();
    },
  );
});

describe('old iterations', () => {
  test('beyond the kept number are removed, their output and their folders', () => {
    const directory = iterations(30);
    expect(pruneIterations(directory, { keep: 12, sinceEpochMs: null })).toBe(18);
    expect(left(directory)).toEqual(numbers(19, 30));
    expect(pruneIterations(directory, { keep: 12, sinceEpochMs: null })).toBe(0);
  });

  test('are kept, at least the last ten, however few are to be', () => {
    const directory = iterations(30);
    pruneIterations(directory, { keep: 1, sinceEpochMs: Date.now() + 1_000 });
    expect(left(directory)).toEqual(numbers(21, 30));
  });

  test('of long ago are removed', () => {
    const directory = iterations(30);
    const longAgo = new Date(Date.now() - 1_000_000);
    for (const number of numbers(1, 15)) {
      const name = String(number).padStart(6, '0');
      [name, `${name}.log`].forEach((file) => utimesSync(join(directory, file), longAgo, longAgo));
    }
    pruneIterations(directory, { keep: 0, sinceEpochMs: Date.now() - 500_000 });
    expect(left(directory)).toEqual(numbers(16, 30));
  });

  test('are all kept where nothing says otherwise', () => {
    const directory = iterations(30);
    expect(pruneIterations(directory, { keep: 0, sinceEpochMs: null })).toBe(0);
  });

  test('leave their numbers behind: none is given a second time', () => {
    const directory = iterations(30);
    pruneIterations(directory, { keep: 10, sinceEpochMs: null });
    expect(new FileAttemptStore(directory).lastIteration()).toBe(30);
  });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const directory = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(directory, name), text);
  }
  return join(directory, Object.keys(files)[0]?.split('.')[0] ?? 'log');
}

function contents(path: string): Record<string, string> {
  const directory = join(path, '..');
  return Object.fromEntries(
    readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]),
  );
}

function iterations(count: number): string {
  const directory = temporaryFolder();
  for (const number of numbers(1, count)) {
    const name = String(number).padStart(6, '0');
    mkdirSync(join(directory, name, 'attempt-1'), { recursive: true });
    writeFileSync(join(directory, `${name}.log`), 'output\n');
  }
  return directory;
}

/** Of which both are there. */
function left(directory: string): number[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.log') && existsSync(join(directory, name.slice(0, -4))))
    .map((name) => Number.parseInt(name, 10));
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
