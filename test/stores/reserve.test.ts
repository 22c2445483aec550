import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AutoloopError, EXIT } from '../../src/domain/error.ts';
import { replaceFile } from '../../src/stores/durable-file.ts';
import { Reserve } from '../../src/stores/reserve.ts';
import { storageError } from '../../src/stores/storage-error.ts';
import { canMount, fillDisk, smallDisk } from './small-disk.ts';
import { temporaryFolder } from './temporary-folder.ts';

const MEGABYTE = 1024 * 1024;

describe('the reserve', () => {
  test('takes a megabyte that is really on the disk, for its user alone, and once', () => {
    const path = join(temporaryFolder(), 'reserve');
    new Reserve(path).fill();
    const { size, blocks, mode, mtimeMs } = statSync(path);
    expect([size, mode & 0o777, blocks * 512 >= MEGABYTE]).toEqual([MEGABYTE, 0o600, true]);
    new Reserve(path).fill();
    expect(statSync(path).mtimeMs).toBe(mtimeMs);
  });

  test('takes the place of a FIFO, which nobody may ever read', () => {
    const path = join(temporaryFolder(), 'reserve');
    execFileSync('mkfifo', [path]);
    new Reserve(path).fill();
    expect(statSync(path).size).toBe(MEGABYTE);
  });

  test.each(['ENOSPC', 'EDQUOT'])('lends room after %s, once, and tells why', (code) => {
    const { reserve, path, heard } = filled();
    let tries = 0;
    const write = (): string => {
      tries += 1;
      if (tries === 1) {
        throw refusal(code);
      }
      return 'written';
    };
    expect(reserve.lend(write)).toBe('written');
    expect([tries, heard.length, statSync(path).size]).toEqual([2, 1, MEGABYTE - 128 * 1024]);
    expect(heard[0]?.message).toContain(code);
    expect(reserve.wasUsed()).toBe(true);
  });

  test('lends all it has, then lets the refusal through', () => {
    const { reserve, path, heard } = filled();
    let tries = 0;
    const write = (): void => {
      tries += 1;
      throw refusal('ENOSPC');
    };
    expect(() => reserve.lend(write)).toThrow(
      expect.objectContaining({ code: EXIT.resourceExhausted }),
    );
    expect([tries, heard, existsSync(path)]).toEqual([9, [], false]);
  });

  test.each(['EACCES', 'EMFILE', 'EFBIG'])('has nothing to give for %s', (code) => {
    const { reserve, path } = filled();
    const write = (): void => {
      throw refusal(code);
    };
    expect(() => reserve.lend(write)).toThrow(AutoloopError);
    expect(statSync(path).size).toBe(MEGABYTE);
    expect(reserve.wasUsed()).toBe(false);
  });

  test('was not used where somebody removed it', () => {
    const { reserve, path } = filled();
    rmSync(path);
    expect(reserve.wasUsed()).toBe(false);
    expect(reserve.lend(() => 'written')).toBe('written');
  });

  test('is used by whatever process of the loop', () => {
    const { reserve, path } = filled();
    writeFileSync(path, Buffer.alloc(3 * 128 * 1024));
    expect(reserve.wasUsed()).toBe(true);
  });

  test('is not used by who writes into it, or puts something in its place', () => {
    const { reserve, path } = filled();
    writeFileSync(path, 'x');
    expect(reserve.wasUsed()).toBe(false);
    rmSync(path);
    mkdirSync(path);
    expect(reserve.wasUsed()).toBe(false);
  });

  test.skipIf(!canMount)('is not what fills a disk that has no room to spare', () => {
    const disk = smallDisk('3m');
    new Reserve(join(disk, 'reserve')).fill();
    expect(readdirSync(disk)).toEqual([]);
  });

  test.skipIf(!canMount)('makes room for a write on a disk that is full to its last byte', () => {
    const disk = smallDisk('8m');
    const path = join(disk, 'state');
    const reserve = new Reserve(join(disk, 'reserve'));
    reserve.fill();
    replaceFile(path, 'old');
    fillDisk(disk);
    expect(() => replaceFile(path, 'x'.repeat(300_000))).toThrow(AutoloopError);
    expect(readFileSync(path, 'utf8')).toBe('old');
    reserve.lend(() => replaceFile(path, 'x'.repeat(300_000)));
    expect(statSync(path).size).toBe(300_000);
    rmSync(join(disk, 'ballast'));
    reserve.fill();
    expect(statSync(join(disk, 'reserve')).size).toBe(MEGABYTE);
  });
});

function filled() {
  const path = join(temporaryFolder(), 'reserve');
  const reserve = new Reserve(path);
  const heard: Error[] = [];
  reserve.fill();
  reserve.onLent((error) => heard.push(error));
  return { reserve, path, heard };
}

function refusal(code: string): Error {
  return storageError(Object.assign(new Error(code), { code }), { verb: 'write', path: '/x/y' });
}
