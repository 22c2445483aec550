import type { Shortage } from './loop-work.ts';

export interface DiskFacts {
  /** On the disk in question. */
  readonly path: string;
  /** null: the system does not tell. */
  readonly freeMb: number | null;
  /** `--min-free-mb`; 0: off. */
  readonly floorMb: number;
}

/** Why there is too little room to begin anything; null: there is enough. */
export function diskShortage({ path, freeMb, floorMb }: DiskFacts): Shortage | null {
  if (freeMb === null || freeMb >= floorMb) {
    return null;
  }
  return {
    message: `Only ${Math.floor(freeMb)} MB are free on the disk of ${path}, less than the ${floorMb} MB of --min-free-mb.`,
    fix: `Make room, or lower --min-free-mb: df -h ${path}`,
  };
}

/** It is, or was for a moment. */
export function fullDisk(path: string): Shortage {
  return {
    message: `The disk of ${path} was full: what had to be kept took the room of the loop's reserve.`,
    fix: `Make room: df -h ${path}`,
  };
}
