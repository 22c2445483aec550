import { readFileSync, readdirSync } from 'node:fs';
import type { ProcessRow } from './process-row.ts';

/** Every living process, zombies left out; `mark` is looked for as a whole entry of its environment. */
export function linuxProcesses(mark: string): ProcessRow[] {
  const entry = Buffer.from(`\0${mark}\0`);
  return readdirSync('/proc')
    .filter((name) => DIGITS.test(name))
    .flatMap((name) => row(name, entry) ?? []);
}

const DIGITS = /^\d+$/;
const DEAD: ReadonlySet<string> = new Set(['Z', 'X', 'x']);
const START_TIME = 22 - 3;
const NUL = Buffer.from([0]);

function row(name: string, entry: Buffer): ProcessRow | null {
  const stat = read(`/proc/${name}/stat`)?.toString('latin1');
  if (stat === undefined) {
    return null;
  }
  // The name, field 2, may hold blanks and parentheses itself; field 3 begins behind its last ')'.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = 'X', parent, group, session] = fields;
  return DEAD.has(state)
    ? null
    : {
        pid: Number(name),
        startTicks: fields[START_TIME] ?? '',
        parent: Number(parent),
        group: Number(group),
        session: Number(session),
        isMarked: isMarked(name, entry),
      };
}

/** Another user's environment cannot be read; such a process cannot be ended by us either. */
function isMarked(name: string, entry: Buffer): boolean {
  const environment = read(`/proc/${name}/environ`);
  return environment !== null && Buffer.concat([NUL, environment, NUL]).includes(entry);
}

/** Processes come and go while they are looked at. */
function read(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
