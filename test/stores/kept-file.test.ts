import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DataFolder } from '../../src/stores/data-folder.ts';
import { KeptFile } from '../../src/stores/kept-file.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('KeptFile', () => {
  test.each([
    ['deleted', (path: string) => rmSync(path), 'was deleted, and written anew'],
    ['edited', (path: string) => writeFileSync(path, 'other'), 'was changed, and written anew'],
    [
      'replaced by a folder',
      (path: string) => {
        rmSync(path);
        mkdirSync(join(path, 'deep'), { recursive: true });
      },
      'was changed, and written anew',
    ],
    [
      'replaced by a link',
      (path: string) => {
        rmSync(path);
        symlinkSync('/etc/hostname', path);
      },
      'was changed, and written anew',
    ],
    [
      'deleted with its folder',
      (path: string) => rmSync(dirname(path), { recursive: true }),
      'was deleted, and written anew',
    ],
  ])('is written anew where it was %s', (_, disturb, told) => {
    const path = join(temporaryFolder(), 'data', 'file');
    mkdirSync(dirname(path));
    const file = new KeptFile(path);
    file.write('ours');
    expect(file.mend()).toBeNull();
    disturb(path);
    expect(file.mend()).toBe(told);
    expect(readFileSync(path, 'utf8')).toBe('ours');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(file.mend()).toBeNull();
  });

  test('is read once, and what becomes of it then is not believed', () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, 'found');
    const file = new KeptFile(path);
    expect(file.read()).toBe('found');
    writeFileSync(path, 'forged');
    expect(file.read()).toBe('found');
    file.mend();
    expect(readFileSync(path, 'utf8')).toBe('found');
  });

  test('takes away what was put in the place of nothing', () => {
    const folder = temporaryFolder();
    const file = new KeptFile(join(folder, 'file'));
    expect(file.read()).toBeNull();
    writeFileSync(join(folder, 'file'), 'forged');
    expect(file.mend()).toBe('was put there, and removed');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that nobody has read or written is nobody’s concern', () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, 'theirs');
    expect(new KeptFile(path).mend()).toBeNull();
  });
});

describe('DataFolder', () => {
  test.each([
    ['deleted', (path: string) => rmSync(path, { recursive: true }), 'made anew'],
    [
      'made anew by somebody else',
      (path: string) => {
        rmSync(path, { recursive: true });
        mkdirSync(path);
      },
      'made anew',
    ],
    [
      'replaced by a link',
      (path: string) => {
        rmSync(path, { recursive: true });
        symlinkSync('/tmp', path);
      },
      'made anew',
    ],
  ])('is made anew where it was %s', (_, disturb, told) => {
    const path = join(temporaryFolder(), 'data', 'demo');
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const folder = new DataFolder(path);
    expect(folder.mend()).toBeNull();
    disturb(path);
    expect(folder.mend()).toContain(told);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(folder.mend()).toBeNull();
    folder.close();
  });
});
