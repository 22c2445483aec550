import { spawnSync } from 'node:child_process';

const NOBODY = { uid: 65_534, gid: 65_534 };
const isRoot = process.geteuid?.() === 0;

/** Whether there is a user to whom something can be denied, and who may read this checkout. */
export const canBeAnotherUser =
  !isRoot ||
  spawnSync(process.execPath, ['--check', import.meta.filename], { ...NOBODY }).status === 0;

/** Gives the folder to that user; as whom to start what works in it. */
export function handOver(folder: string): { uid?: number; gid?: number } {
  if (!isRoot) {
    return {};
  }
  spawnSync('chown', ['-R', `${NOBODY.uid}:${NOBODY.gid}`, folder]);
  return NOBODY;
}
