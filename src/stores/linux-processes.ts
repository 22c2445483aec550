import { closeSync, openSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs';
import type { ProcessRow } from './process-row.ts';

export interface ProcessLook {
  /** Looked for as a whole entry of the environments; left out: nobody's is read. */
  readonly mark?: string;
  /** Where processes are listed, their pids those of its namespace; left out: `/proc`. */
  readonly proc?: string;
  /** By their pids, as a look just before found them: not looked at again. */
  readonly known?: ReadonlyMap<number, ProcessRow>;
}

/** Every living process but the kernel's own. */
export function linuxProcesses({ mark, proc = '/proc', known }: ProcessLook): ProcessRow[] {
  const entry = mark === undefined ? null : Buffer.from(`\0${mark}\0`);
  return readdirSync(proc).flatMap((name) =>
    DIGITS.test(name) ? (known?.get(Number(name)) ?? row(`${proc}/${name}`, entry) ?? []) : [],
  );
}

const DIGITS = /^\d+$/;
const DEAD: ReadonlySet<string> = new Set(['Z', 'X', 'x']);
const FLAGS = 9 - 3;
const START_TIME = 22 - 3;
/** PF_KTHREAD of the kernel's sched.h. */
const KERNEL_THREAD = 0x0020_0000;

const TIMES = [14 - 3, 15 - 3, 16 - 3, 17 - 3] as const;
const RESIDENT = 24 - 3;
/** USER_HZ, in which the kernel tells times; 100 on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

function row(directory: string, entry: Buffer | null): ProcessRow | null {
  const stat = read(`${directory}/stat`)?.toString('utf8') ?? '';
  // The name, field 2, may hold blanks and parentheses itself; field 3 begins behind its last ')'.
  const nameEnd = stat.lastIndexOf(')');
  const fields = stat.slice(nameEnd + 2).split(' ');
  const [state = 'X', parent, group, session] = fields;
  const isKernels = (Number(fields[FLAGS]) & KERNEL_THREAD) !== 0;
  const environment = entry && isOurs(directory) ? read(`${directory}/environ`) : null;
  return stat === '' || DEAD.has(state) || isKernels
    ? null
    : {
        pid: Number.parseInt(stat.slice(1), 10),
        name: stat.slice(stat.indexOf('(') + 1, nameEnd),
        startTicks: fields[START_TIME] ?? '',
        parent: Number(parent),
        group: Number(group),
        session: Number(session),
        isMarked: entry !== null && environment?.includes(entry) === true,
        isBetweenPrograms: environment?.length === NOTHING_READ && !hasNone(fields),
        cpuSeconds: TIMES.reduce((sum, field) => sum + Number(fields[field]), 0) / TICKS_PER_SECOND,
        residentBytes: Number(fields[RESIDENT]) * pageBytes(),
      };
}

let knownPageBytes = 0;

/** Node tells its own memory in bytes, the kernel in pages: a power of two lies between them. */
function pageBytes(): number {
  if (knownPageBytes === 0) {
    const pages = Number(readFileSync('/proc/self/statm', 'latin1').split(' ')[1]);
    knownPageBytes = 2 ** Math.round(Math.log2(process.memoryUsage.rss() / pages));
  }
  return knownPageBytes;
}

/** Another user's environment cannot be read; such a process cannot be ended by us either. */
function isOurs(directory: string): boolean {
  const user = process.geteuid?.() ?? 0;
  return user === 0 || statSync(directory, { throwIfNoEntry: false })?.uid === user;
}

/** What `read` gives for an empty file: its two NULs. */
const NOTHING_READ = 2;
const ENVIRONMENT = [50 - 3, 51 - 3] as const;

/** Its program was started without any environment; one that is being started has no place for it yet. */
function hasNone(fields: readonly string[]): boolean {
  const [start, end] = ENVIRONMENT.map((field) => fields[field]);
  return start === end && start !== undefined && start !== '0';
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
  for (let isWhole = false; !isWhole;) {
    if (buffer.length - end < 2) {
      buffer = Buffer.concat([buffer], buffer.length * 2);
    }
    const room = buffer.length - end - 1;
    const count = readSync(fd, buffer, end, room, null);
    // Both files that are read here give all they have at once.
    isWhole = count < room;
    end += count;
  }
  buffer[end] = 0;
  return buffer.subarray(0, end + 1);
}
