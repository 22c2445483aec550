import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** Within so long two writes may have the same time; on a file system that keeps whole seconds, within two of them. */
const FRESH_MS = 50;
const FRESH_BY_SECONDS_MS = 2_000;
const MOST_HASHED = 10_000_000;

/**
 * What a file looks like from outside: another text as soon as its content may be another. Reads it only where it was
 * written so lately that its time does not tell. Never throws.
 */
export function fileStamp(path: string, nowEpochMs: number): string {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) {
      return 'absent';
    }
    const { ino, size, mtimeMs, ctimeMs } = stat;
    const freshMs = ctimeMs % 1000 === 0 ? FRESH_BY_SECONDS_MS : FRESH_MS;
    const isFresh = nowEpochMs - ctimeMs < freshMs;
    const stamp = `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
    return isFresh && stat.isFile() && size <= MOST_HASHED ? `${stamp} ${hashOf(path)}` : stamp;
  } catch (error) {
    return `unreadable: ${error instanceof Error && 'code' in error ? String(error.code) : ''}`;
  }
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
