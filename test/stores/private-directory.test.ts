import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { EXIT } from '../../src/domain/error.ts';
import { makePrivateDirectory } from '../../src/stores/private-directory.ts';
import { temporaryFolder } from './temporary-folder.ts';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('makes missing folders above it too, all for their user alone', () => {
  const folder = temporaryFolder();
  makePrivateDirectory(join(folder, 'a', 'b', 'c'));
  expect([modeOf(join(folder, 'a')), modeOf(join(folder, 'a', 'b', 'c'))]).toEqual([0o700, 0o700]);
});

test('makes it in spite of somebody who removes it again and again', async () => {
  const folder = temporaryFolder();
  const remover = spawn(
    'sh',
    ['-c', 'while :; do rm -rf "$1"; sleep 0.001; done', 'sh', join(folder, 'a')],
    {
      stdio: 'ignore',
    },
  );
  onTestFinished(() => void remover.kill('SIGKILL'));
  await once(remover, 'spawn');
  for (let round = 0; round < 20_000; round += 1) {
    makePrivateDirectory(join(folder, 'a', 'b', 'c'));
  }
  expect(remover.exitCode, 'it was at it all the time').toBeNull();
});

test('closes an existing folder to others', () => {
  const path = join(temporaryFolder(), 'open');
  mkdirSync(path);
  chmodSync(path, 0o755);
  makePrivateDirectory(path);
  expect(modeOf(path)).toBe(0o700);
});

test('refuses a file, a link, and what lies behind a dangling link, with 155', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  symlinkSync(folder, join(folder, 'link'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
  for (const name of ['file', 'link', 'dangling', 'dangling/inside', 'file/inside']) {
    expect(() => makePrivateDirectory(join(folder, name))).toThrow(
      expect.objectContaining({ code: EXIT.access, message: expect.stringContaining(name) }),
    );
  }
});

test.runIf(process.geteuid?.() === 0)("refuses another user's folder with 155", () => {
  const path = join(temporaryFolder(), 'theirs');
  mkdirSync(path);
  chownSync(path, 12_345, 12_345);
  expect(() => makePrivateDirectory(path)).toThrow(
    expect.objectContaining({ code: EXIT.access, message: expect.stringContaining('user 12345') }),
  );
});
