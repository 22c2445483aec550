import { closeSync, openSync, readSync, readdirSync, statSync } from 'node:fs';
import type { ProcessRow } from './process-row.ts';

/** Every living process but the kernel's own; `mark` is looked for as a whole entry of its environment. */
export function linuxProcesses(mark: string): ProcessRow[] {
  const entry = Buffer.from(`\0${mark}\0`);
  return readdirSync('/proc').flatMap((name) =>
    DIGITS.test(name) ? (row(name, entry) ?? []) : [],
  );
}

const DIGITS = /^\d+$/;
const DEAD: ReadonlySet<string> = new Set(['Z', 'X', 'x']);
const FLAGS = 9 - 3;
const START_TIME = 22 - 3;
/** PF_KTHREAD of the kernel's sched.h. */
const KERNEL_THREAD = 0x0020_0000;

function row(name: string, entry: Buffer): ProcessRow | null {
  const stat = read(`/proc/${name}/stat`)?.toString('latin1') ?? '';
  // The name, field 2, may hold blanks and parentheses itself; field 3 begins behind its last ')'.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = 'X', parent, group, session] = fields;
  const isKernels = (Number(fields[FLAGS]) & KERNEL_THREAD) !== 0;
  return stat === '' || DEAD.has(state) || isKernels
    ? null
    : {
        pid: Number(name),
        startTicks: fields[START_TIME] ?? '',
        parent: Number(parent),
        group: Number(group),
        session: Number(session),
        isMarked: isOurs(name) && hasEntry(name, entry),
      };
}

/** Another user's environment cannot be read; such a process cannot be ended by us either. */
function isOurs(name: string): boolean {
  const user = process.geteuid?.() ?? 0;
  return user === 0 || statSync(`/proc/${name}`, { throwIfNoEntry: false })?.uid === user;
}

function hasEntry(name: string, entry: Buffer): boolean {
  return read(`/proc/${name}/environ`)?.includes(entry) ?? false;
}

/** One buffer for all: a NUL, what was read, a NUL. It grows to the longest environment there is. */
let buffer = Buffer.alloc(128 * 1024);

/** With a NUL on either side, so that the first entry of an environment looks like any other. null: it has gone. */
function read(path: string): Buffer | null {
  try {
    const fd = openSync(path, 'r');
    try {
      return readAll(fd);
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}

function readAll(fd: number): Buffer {
  let end = 1;
  for (let count = -1; count !== 0; end += count) {
    if (buffer.length - end < 2) {
      buffer = Buffer.concat([buffer], buffer.length * 2);
    }
    count = readSync(fd, buffer, end, buffer.length - end - 1, null);
  }
  buffer[end] = 0;
  return buffer.subarray(0, end + 1);
}
