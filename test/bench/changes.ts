import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lookAtWorkspace } from '../../src/actors/changes/look-at-workspace.ts';
import { figure, percentile, type Figure } from './figure.ts';

const FOLDERS = 500;
const FILES = 100;
const ROUNDS = 7;
const ENV = { PATH: process.env['PATH'] ?? '' };

/** One look at a repository of 50,000 files, as it is taken before and after an iteration, beside git's own status. */
export async function benchChanges(): Promise<Figure[]> {
  const workspace = mkdtempSync(join(tmpdir(), 'autoloop-bench-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', workspace, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args]);
  try {
    for (let folder = 0; folder < FOLDERS; folder += 1) {
      mkdirSync(join(workspace, `${folder}`));
      fill(workspace, { folder, files: FILES, text: 'x' });
    }
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message=first');
    const status = await medianMs(() => git('status', '--porcelain=v2', '--untracked-files=all'));
    const baseline = { name: 'git status', value: status };
    const clean = await medianMs(() => lookAt(workspace));
    fill(workspace, { folder: 1, files: 1_000, text: 'y'.repeat(10_000) });
    const dirty = await medianMs(() => lookAt(workspace));
    return [
      figure('a look at 50,000 files, all committed', { value: clean, unit: 'ms', baseline }),
      figure('a look at them, 1,000 changed (10 MB)', { value: dirty, unit: 'ms', baseline }),
    ];
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

function fill(
  workspace: string,
  { folder, files, text }: { folder: number; files: number; text: string },
): void {
  for (let file = 0; file < files; file += 1) {
    writeFileSync(join(workspace, `${folder}`, `${file}.txt`), `${folder} ${file} ${text}\n`);
  }
}

async function lookAt(workspace: string): Promise<void> {
  const { signal } = new AbortController();
  const look = await lookAtWorkspace({ workspace, env: ENV, signal, timeoutMs: 60_000 });
  if (!look?.files) {
    throw new Error('It was not seen.');
  }
}

async function medianMs(work: () => unknown): Promise<number> {
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    await work();
    took.push(performance.now() - began);
  }
  return percentile(took, 0.5);
}
