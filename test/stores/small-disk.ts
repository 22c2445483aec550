import { spawnSync } from 'node:child_process';
import { statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** Only root may mount; elsewhere these tests are reported as skipped. */
export const canMount = process.platform === 'linux' && tryMount();

/** A disk of the test's own. */
export function smallDisk(size = '256k', path = temporaryFolder()): string {
  if (!mount(path, size)) {
    throw new Error(`No tmpfs could be mounted on ${path}`);
  }
  onTestFinished(() => unmount(path));
  return path;
}

/** Leaves fewer than `leaveBytes` rounded up to a page. */
export function fillDisk(path: string, leaveBytes = 0): void {
  const ballast = join(path, 'ballast');
  const { bavail, bsize } = statfsSync(path);
  let bytes = bavail * bsize;
  while (bytes > 0 && !tryWrite(ballast, bytes)) {
    bytes -= 4096;
  }
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bytes - leaveBytes)));
}

function tryWrite(path: string, bytes: number): boolean {
  try {
    writeFileSync(path, Buffer.alloc(bytes));
    return true;
  } catch {
    return false;
  }
}

function tryMount(): boolean {
  const isPossible = spawnSync('unshare', ['--mount', 'true']).status === 0;
  return process.getuid?.() === 0 && isPossible;
}

function mount(path: string, size: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]).status === 0;
}

function unmount(path: string): void {
  spawnSync('umount', ['--lazy', path]);
}
