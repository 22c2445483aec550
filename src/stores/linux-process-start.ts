import { readFileSync } from 'node:fs';
import { errorCode } from './error-code.ts';

/** Field 22 of /proc/PID/stat, clock ticks since boot; null: no such process, or only its remains. */
export function linuxProcessStart(pid: number): string | null {
  const stat = readStat(pid);
  if (stat === null) {
    return null;
  }
  // The name, field 2, may hold blanks and parentheses itself; field 3 begins behind its last ')'.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0] ?? 'X';
  return DEAD.has(state) ? null : (fields[START_TIME] ?? null);
}

const DEAD: ReadonlySet<string> = new Set(['Z', 'X', 'x']);
const START_TIME = 22 - 3;

/** Only a certain "not there" is null: a process taken for dead by mistake would be started a second time. */
function readStat(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ESRCH') {
      return null;
    }
    throw error;
  }
}
