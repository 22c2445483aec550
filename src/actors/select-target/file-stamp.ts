import { createHash } from 'node:crypto';
import { readFileSync, statSync, type Stats } from 'node:fs';

/** Within so long two writes may have the same time; on a file system that keeps whole seconds, within two of them. */
const FRESH_MS = 50;
const FRESH_BY_SECONDS_MS = 2_000;
const MOST_HASHED = 10_000_000;

/** What a file looks like from outside: not the same any more as soon as its content may be another. */
export interface FileStamp {
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  /** Hash of its content, where it was written so lately that its time does not tell; why it cannot be looked at. */
  readonly said: string | null;
}

/** Never throws. */
export function fileStamp(path: string, nowEpochMs: number): FileStamp {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) {
      return ABSENT;
    }
    const { ino, size, mtimeMs, ctimeMs } = stat;
    return { ino, size, mtimeMs, ctimeMs, said: freshContent(path, stat, nowEpochMs) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { ...ABSENT, said: `unreadable: ${code}` };
  }
}

export function isSameStamp(one: FileStamp, other: FileStamp | undefined): boolean {
  return (
    other !== undefined &&
    one.mtimeMs === other.mtimeMs &&
    one.ctimeMs === other.ctimeMs &&
    one.size === other.size &&
    one.ino === other.ino &&
    one.said === other.said
  );
}

const ABSENT: FileStamp = { ino: 0, size: 0, mtimeMs: 0, ctimeMs: 0, said: 'absent' };

/** null: its time tells. */
function freshContent(path: string, stat: Stats, nowEpochMs: number): string | null {
  const { ctimeMs, size } = stat;
  const ageMs = nowEpochMs - ctimeMs;
  const isFresh =
    ageMs < FRESH_MS || (ageMs < FRESH_BY_SECONDS_MS && Number.isInteger(ctimeMs / 1000));
  return isFresh && size <= MOST_HASHED && stat.isFile() ? hashOf(path) : null;
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
