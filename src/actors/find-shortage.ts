import { diskShortage, fullDisk } from '../domain/disk-shortage.ts';
import type { Shortage } from '../domain/loop-work.ts';
import type { LoopWorld } from './loop-world.ts';

/** Why the disk has no room for another worker; null: it has, or no worker is to be started. */
export function findShortage({ disk, settings, paths, launches }: LoopWorld): Shortage | null {
  if (!launches) {
    return null;
  }
  const path = paths.directory;
  return disk.wasFull()
    ? fullDisk(path)
    : diskShortage({ path, freeMb: disk.freeMb(), floorMb: settings.minFreeMb });
}
