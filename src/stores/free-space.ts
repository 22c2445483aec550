import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * MB (1024 × 1024 bytes) that this user may still write on the disk of the path, or of the first folder above it that
 * is there; null: the system does not tell, as where it has no number for it.
 */
export function freeMbAt(path: string): number | null {
  try {
    const { bavail, bsize, blocks } = statfsSync(nearestThere(path));
    return blocks === 0 ? null : (bavail * bsize) / 1024 / 1024;
  } catch {
    return null;
  }
}

/** The path itself, or the first one above it that is there. */
export function nearestThere(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestThere(dirname(path));
}
