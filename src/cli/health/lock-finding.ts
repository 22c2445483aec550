import { closeSync, existsSync, readSync } from 'node:fs';
import type { LoopReading } from '../../runner/read-status.ts';
import { openForReading } from '../../stores/open-for-reading.ts';
import type { CliContext } from '../cli-context.ts';
import { commandFor } from '../status/next-command.ts';
import { attempted } from './attempted.ts';
import { fail, ok, warn, type Finding } from './finding.ts';

export interface LockToLookAt {
  /** null: the state cannot be read. */
  readonly reading: LoopReading | null;
  /** `loop.lock`, absolute. */
  readonly lock: string;
}

/** Who has the loop, and whether its lock can be taken where nobody has. */
export async function lockFindings(
  context: CliContext,
  { reading, lock }: LockToLookAt,
): Promise<Finding[]> {
  return reading === null
    ? []
    : [await attempted('lock', () => lockFinding(context, reading, lock))];
}

function lockFinding(context: CliContext, { status, runner }: LoopReading, lock: string): Finding {
  if (!status.running) {
    return isLockFile(lock)
      ? ok('lock', 'free')
      : fail('lock', `something else has been written into ${lock}`, `Remove it: rm ${lock}`);
  }
  const holder = `held by pid ${status.pid || 'unknown here'}`;
  return runner === 'silent'
    ? warn(
        'lock',
        `${holder}, which does not answer`,
        `Wait, or end it: ${commandFor(context, status, 'stop --force')}`,
      )
    : ok('lock', `${holder}: the loop is running`);
}

const SQLITE_BEGIN = 'SQLite format 3\0';

/** Not to be asked by a process that holds it: closing the file would free it. */
function isLockFile(path: string): boolean {
  if (!existsSync(path)) {
    return true;
  }
  const fd = openForReading(path);
  try {
    const begin = Buffer.alloc(SQLITE_BEGIN.length);
    const length = readSync(fd, begin);
    return length === 0 || begin.toString('latin1') === SQLITE_BEGIN;
  } finally {
    closeSync(fd);
  }
}
