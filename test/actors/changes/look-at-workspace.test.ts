import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lookAtWorkspace } from '../../../src/actors/changes/look-at-workspace.ts';

const { signal: patience } = new AbortController();

async function workspaceMark(workspace: string, signal = patience): Promise<string | null> {
  const order = { workspace, signal, env: { PATH: process.env['PATH'] ?? '' }, timeoutMs: 30_000 };
  return (await lookAtWorkspace(order))?.mark ?? null;
}

function useFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'workspace-mark-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function useRepository() {
  const folder = useFolder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args]);
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  git('init', '-q');
  write('.gitignore', 'ignored/\n');
  write('a b.txt', 'one\n');
  git('add', '.');
  git('commit', '-qm', 'first');
  return { folder, git, write, mark: () => workspaceMark(folder) };
}

type Repository = ReturnType<typeof useRepository>;

describe('the mark of a workspace', () => {
  it('runs no program that the repository names', async () => {
    const { folder, git, mark } = useRepository();
    const asked = join(useFolder(), 'asked');
    writeFileSync(join(folder, '.git', 'monitor'), `#!/bin/sh\n: > '${asked}'\n`, { mode: 0o755 });
    git('config', 'core.fsmonitor', join(folder, '.git', 'monitor'));
    expect(await mark()).not.toBeNull();
    expect(existsSync(asked)).toBe(false);
    git('status');
    expect(existsSync(asked)).toBe(true);
  });

  it('is the same as long as nothing changes', async () => {
    const { mark } = useRepository();
    expect(await mark()).toMatch(/^[0-9a-f]{32}$/);
    expect(await mark()).toBe(await mark());
  });

  it.each([
    ['a file is changed', ({ write }: Repository) => write('a b.txt', 'two\n')],
    ['a file is new', ({ write }: Repository) => write('new.txt', '')],
    ['a file is removed', ({ folder }: Repository) => rmSync(join(folder, 'a b.txt'))],
    [
      'a file is renamed',
      ({ folder, git }: Repository) => {
        renameSync(join(folder, 'a b.txt'), join(folder, 'c.txt'));
        git('add', '-A');
      },
    ],
    ['something is committed', ({ git }: Repository) => git('commit', '-qm', 'x', '--allow-empty')],
  ])('is another one when %s', async (_, change) => {
    const repository = useRepository();
    const before = await repository.mark();
    change(repository);
    expect(await repository.mark()).not.toBe(before);
  });

  it('is another one when what was changed before is changed again', async () => {
    const { folder, write, mark } = useRepository();
    write('a b.txt', 'two\n');
    const before = await mark();
    write('a b.txt', 'six\n');
    utimesSync(join(folder, 'a b.txt'), 1, 1);
    expect(await mark()).not.toBe(before);
  });

  it('is the same when only ignored files change', async () => {
    const { folder, write, mark } = useRepository();
    const before = await mark();
    mkdirSync(join(folder, 'ignored'));
    write('ignored/x', 'x');
    expect(await mark()).toBe(before);
  });

  it('is there before the first commit', async () => {
    const folder = useFolder();
    execFileSync('git', ['-C', folder, 'init', '-q']);
    expect(await workspaceMark(folder)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is unknown outside of a repository, and where nobody waits for it', async () => {
    expect(await workspaceMark(useFolder())).toBeNull();
    expect(await workspaceMark(useRepository().folder, AbortSignal.abort())).toBeNull();
  });
});
