import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AutoloopError, EXIT } from '../../src/domain/error.ts';
import { keepResult } from '../../src/isolation/keep-result.ts';
import { openDataDirectory } from '../../src/stores/data-directory.ts';
import { dataPaths, type DataPaths } from '../../src/stores/data-paths.ts';
import { Reserve } from '../../src/stores/reserve.ts';
import { sampleClaim, sampleResult } from './samples.ts';
import { canMount, fillDisk, smallDisk } from './small-disk.ts';
import { KEY, LONG, WRITERS, attempts, type Writer } from './writers.ts';

describe.skipIf(!canMount).each(WRITERS)('on a full disk, $name', ({ file, write }) => {
  test('is refused with 153, its path and the fix, and all is as it was', () => {
    const paths = written(write, '256k');
    fillDisk(paths.directory);
    const before = contentsOf(paths.directory);
    const error = refusalOf(() => write(paths, 2));
    expect(error).toMatchObject({
      code: EXIT.resourceExhausted,
      message: expect.stringMatching(/no space is left \(ENOSPC\)/),
      fix: expect.stringContaining('df -h'),
    });
    expect(error.message).toContain(file(paths));
    expect(contentsOf(paths.directory)).toEqual(before);
    rmSync(join(paths.directory, 'ballast'));
    write(paths, 2);
  });

  test('is written with room from the reserve', () => {
    const paths = written(write, '8m');
    const reserve = new Reserve(paths.reserve);
    reserve.fill();
    fillDisk(paths.directory);
    reserve.lend(() => write(paths, 2));
    expect(reserve.wasUsed()).toBe(true);
  });
});

describe.skipIf(!canMount)('a result that was paid for', () => {
  test.each([
    ['whole, with room from the reserve', '8m', { outcome: 'succeeded', finalMessage: LONG }],
    ['as one that could not be kept', '256k', { outcome: 'resource_exceeded', finalMessage: '' }],
  ])('is kept %s', (_, size, kept) => {
    const paths = dataPaths(smallDisk(size));
    const directory = attempts(paths).directory(KEY);
    const reserve = new Reserve(paths.reserve);
    reserve.fill();
    attempts(paths).claim(KEY, sampleClaim);
    fillDisk(paths.directory, 4_096);
    const result = { ...sampleResult, finalMessage: LONG, costUsd: 1.5 };
    expect(keepResult({ directory, claim: sampleClaim, result, reserve })).toBe(0);
    expect(attempts(paths).readResult(KEY)).toMatchObject({ ...kept, costUsd: 1.5 });
  });

  test('and cannot be kept at all ends its isolation layer with 153', () => {
    const paths = dataPaths(smallDisk());
    const directory = attempts(paths).directory(KEY);
    fillDisk(paths.directory);
    const reserve = new Reserve(paths.reserve);
    expect(keepResult({ directory, claim: sampleClaim, result: sampleResult, reserve })).toBe(153);
    expect(existsSync(join(directory, 'result.json'))).toBe(false);
  });
});

/** A data folder with one of everything on a small disk. */
function written(write: Writer['write'], size: string): DataPaths {
  const paths = dataPaths(smallDisk(size));
  mkdirSync(paths.notes);
  openDataDirectory(paths.directory);
  attempts(paths).directory(KEY);
  write(paths, 1);
  return paths;
}

function contentsOf(directory: string): Record<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.name !== 'ballast')
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, tryRead(path)]),
  );
}

function tryRead(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return 'a folder';
  }
}

function refusalOf(write: () => void): AutoloopError {
  try {
    write();
  } catch (error) {
    if (error instanceof AutoloopError) {
      return error;
    }
    throw error;
  }
  throw new Error('It was not refused.');
}
