import { spawn } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { EXIT } from '../../src/domain/error.ts';
import {
  createFileOnce,
  replaceFile,
  replaceFileKeepingFormer,
} from '../../src/stores/durable-file.ts';
import { startProgram } from './program.ts';
import { canMount, fillDisk, smallDisk } from './small-disk.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('replaceFileKeepingFormer', () => {
  test('is not disturbed by who writes the former file meanwhile', () => {
    const folder = temporaryFolder();
    const [path, formerPath] = [join(folder, 'state.json'), join(folder, 'former.json')];
    const vandal = spawn('/bin/sh', ['-c', `while :; do echo '{}' > "${formerPath}"; done`]);
    onTestFinished(() => void vandal.kill('SIGKILL'));
    replaceFile(path, '0');
    for (let generation = 1; generation <= 500; generation += 1) {
      replaceFileKeepingFormer({ path, data: `${generation}`, isDurable: false }, formerPath);
    }
    expect(readFileSync(path, 'utf8')).toBe('500');
  });
});

describe('replaceFile', () => {
  test('creates and replaces, for its user alone, and leaves no temporary', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'state.json');
    replaceFile(path, 'first');
    replaceFile(path, 'second');
    expect(readFileSync(path, 'utf8')).toBe('second');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  test('replaces a link, not the file behind it', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'state.json');
    writeFileSync(join(folder, 'elsewhere'), 'precious');
    symlinkSync(join(folder, 'elsewhere'), path);
    replaceFile(path, 'new');
    expect(lstatSync(path).isFile()).toBe(true);
    expect(readFileSync(join(folder, 'elsewhere'), 'utf8')).toBe('precious');
  });

  test('refuses a missing folder with 155, the path and a fix', () => {
    const path = join(temporaryFolder(), 'gone', 'state.json');
    expect(() => replaceFile(path, 'x')).toThrow(
      expect.objectContaining({
        code: EXIT.access,
        message: `Cannot write ${path}: its folder does not exist (ENOENT).`,
        fix: expect.stringContaining('ls -ld'),
      }),
    );
  });

  test('leaves no temporary where the renaming fails', () => {
    const folder = temporaryFolder();
    expect(() => replaceFile(folder, 'x')).toThrow(expect.objectContaining({ code: EXIT.access }));
    expect(readdirSync(folder)).toEqual([]);
  });

  test.skipIf(process.geteuid?.() === 0)('refuses a read-only folder with 155', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    expect(() => replaceFile(join(folder, 'a'), 'x')).toThrow(
      expect.objectContaining({ code: EXIT.access }),
    );
  });

  test.skipIf(!canMount)(
    'on a full disk: 153 with path and fix, the old file kept, no temporary',
    () => {
      const disk = smallDisk();
      const path = join(disk, 'state.json');
      replaceFile(path, 'old');
      fillDisk(disk, 8_192);
      expect(() => replaceFile(path, 'x'.repeat(50_000))).toThrow(
        expect.objectContaining({
          code: EXIT.resourceExhausted,
          message: `Cannot write ${path}: no space is left (ENOSPC).`,
          fix: `Make room on its disk, then start again: df -h ${disk}`,
        }),
      );
      expect(readFileSync(path, 'utf8')).toBe('old');
      expect(readdirSync(disk).toSorted()).toEqual(['ballast', 'state.json']);
    },
  );
});

describe('createFileOnce', () => {
  test('says whether it was first, and keeps what the first wrote', () => {
    const path = join(temporaryFolder(), 'claim.json');
    expect(createFileOnce(path, 'first')).toBe(true);
    expect(createFileOnce(path, 'second')).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('first');
  });

  test('of ten processes at one instant exactly one is first, and its file is whole', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'claim.json');
    const at = String(Date.now() + 500);
    const programs = Array.from({ length: 10 }, () => startProgram('create-once', path, at));
    const answers = await Promise.all(programs.map((program) => program.says()));
    expect(answers.filter((answer) => answer === 'true')).toHaveLength(1);
    const winner = programs[answers.indexOf('true')];
    expect(readFileSync(path, 'utf8')).toBe(`${winner?.pid}`.padEnd(100_000, '.'));
    await Promise.all(programs.map((program) => program.exited));
    expect(readdirSync(folder)).toEqual(['claim.json']);
  });

  test.skipIf(!canMount)('on a full disk: 153 and nothing created', () => {
    const disk = smallDisk();
    fillDisk(disk, 8_192);
    expect(() => createFileOnce(join(disk, 'claim.json'), 'x'.repeat(50_000))).toThrow(
      expect.objectContaining({ code: EXIT.resourceExhausted }),
    );
    expect(readdirSync(disk)).toEqual(['ballast']);
  });
});
