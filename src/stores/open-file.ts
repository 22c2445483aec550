import { readdirSync, statSync } from 'node:fs';

/** Names a file on this machine, whatever its path, as long as somebody has it open. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
}

/** null: there is none, or it cannot be reached. */
export function fileAt(path: string): FileIdentity | null {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found === undefined ? null : { device: found.dev, inode: found.ino };
  } catch {
    return null;
  }
}

/**
 * The file at `path` where this process has it open, else null. It is looked up with stat alone, as opening and
 * closing it would drop its lock. Where /proc is missing the file at the path is believed to be the open one.
 */
export function openFileAt(path: string): FileIdentity | null {
  const wanted = fileAt(path);
  if (wanted === null || process.platform !== 'linux') {
    return wanted;
  }
  return ownDescriptors().some((open) => isSameFile(open, wanted)) ? wanted : null;
}

export function isSameFile(left: FileIdentity, right: FileIdentity): boolean {
  return left.inode === right.inode && left.device === right.device;
}

function ownDescriptors(): FileIdentity[] {
  return readdirSync('/proc/self/fd')
    .map((name) => fileAt(`/proc/self/fd/${name}`))
    .filter((file) => file !== null);
}
