import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedPaths, rememberWork } from '../../src/task/work-changes.ts';
import { contextOf } from './context-of.ts';
import { scratch } from './scratch.ts';

describe('what an iteration has changed', () => {
  it('is what is new, edited, removed, renamed or committed since, and not what was dirty before', async () => {
    const work = await useWork();
    work.write('apps/a/new', 'x');
    work.write('apps/a/kept', 'edited');
    work.write('dirty', 'edited again');
    rmSync(work.path('apps/b/gone'));
    renameSync(work.path('apps/b/old'), work.path('apps/b/renamed'));
    work.write('apps/c/committed', 'x');
    work.git('add', 'apps/c');
    work.git('commit', '-qm', 'its own');
    expect(await work.changes()).toEqual([
      'apps/a/kept',
      'apps/a/new',
      'apps/b/gone',
      'apps/b/old',
      'apps/b/renamed',
      'apps/c/committed',
      'dirty',
    ]);
  });

  it('is nothing where nothing was, and what the data folder holds is none of it', async () => {
    const work = await useWork();
    expect(await work.changes()).toEqual([]);
  });

  it('is told from the folder that is worked in, which may be one of a repository', async () => {
    const work = await useWork('apps');
    work.write('apps/a/new', 'x');
    work.write('dirty', 'and so on');
    expect(await work.changes()).toEqual(['../dirty', 'a/new']);
  });

  it('counts from the first call in an iteration: a second attempt goes on with the work', async () => {
    const work = await useWork();
    work.write('apps/a/new', 'x');
    await work.remember(2);
    expect(await work.changes()).toEqual(['apps/a/new']);
    await work.remember(3);
    expect(await work.changes(3)).toEqual([]);
    expect(await work.changes(2)).toBe(null);
  });

  it('is known where there was no commit yet', async () => {
    const folder = scratch();
    execFileSync('git', ['init', '-q'], { cwd: folder });
    const context = contextOf({ workspace: folder, dataDir: dataFolder(folder) });
    await rememberWork(context);
    writeFileSync(join(folder, 'first'), '');
    expect(await changedPaths(context)).toEqual(['first']);
  });

  it('is not known without a repository, nor in a dry run, which writes nothing', async () => {
    const folder = scratch();
    const context = contextOf({ workspace: folder, dataDir: dataFolder(folder) });
    await rememberWork(context);
    expect(await changedPaths(context)).toBe(null);
    const work = await useWork();
    await rememberWork({ ...work.context, iteration: 9, dryRun: true });
    expect(await work.changes(9)).toBe(null);
    expect(await work.changes(2)).toEqual([]);
  });

  it('is not known where the data folder is gone, and no hook fails for that', async () => {
    const work = await useWork();
    rmSync(work.context.dataDir, { recursive: true });
    await work.remember(3);
    expect(await work.changes(3)).toBe(null);
    expect(existsSync(work.context.dataDir)).toBe(false);
  });
});

async function useWork(workspace = '') {
  const top = scratch({
    'apps/a/kept': '1',
    'apps/b/gone': '1',
    'apps/b/old': 'as long as this',
    dirty: '1',
  });
  const git = (...args: string[]) => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@localhost'];
    execFileSync('git', [...identity, ...args], { cwd: top, stdio: 'pipe' });
  };
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'as it was');
  writeFileSync(join(top, 'dirty'), 'edited');
  const context = {
    ...contextOf({ workspace: join(top, workspace), dataDir: dataFolder(top) }),
    iteration: 2,
  };
  await rememberWork(context);
  return {
    context,
    git,
    path: (name: string) => join(top, name),
    write: (name: string, text: string) => {
      mkdirSync(join(top, name, '..'), { recursive: true });
      writeFileSync(join(top, name), text);
    },
    remember: (iteration: number) => rememberWork({ ...context, iteration }),
    changes: (iteration = 2) => changedPaths({ ...context, iteration }),
  };
}

function dataFolder(top: string): string {
  const folder = join(top, 'data/mine');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(top, 'data/.gitignore'), '*\n');
  return folder;
}
