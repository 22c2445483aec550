import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * A control group (v2) of an attempt's own, below that of this process. Whatever the agent starts is born in it and does
 * not leave it, whatever becomes of its session, its parent or its environment. Only where this user may make one.
 */
export class AttemptCgroup {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** null: there are none here. */
  static make(attemptId: string): AttemptCgroup | null {
    const directory = directoryOf(attemptId);
    try {
      mkdirSync(directory ?? '');
      return new AttemptCgroup(directory ?? '');
    } catch {
      return null;
    }
  }

  /** One that a process of this attempt made; null: none did. */
  static find(attemptId: string): AttemptCgroup | null {
    const directory = directoryOf(attemptId);
    return directory !== null && existsSync(directory) ? new AttemptCgroup(directory) : null;
  }

  /** What is started meanwhile is born in it; this process itself comes back. */
  bear<Started>(start: () => Started): Started {
    const hasEntered = this.#move(this.#directory);
    try {
      return start();
    } finally {
      if (hasEntered) {
        this.#move(ownDirectory() ?? '');
      }
    }
  }

  /** Pids. */
  members(): ReadonlySet<number> {
    try {
      const pids = readFileSync(join(this.#directory, 'cgroup.procs'), 'latin1').split('\n');
      return new Set(pids.filter(Boolean).map(Number));
    } catch {
      return new Set();
    }
  }

  /** KILL to all of it at once, so that nothing can be started meanwhile. Kernels before 5.14 cannot. */
  kill(): void {
    this.#write('cgroup.kill', '1');
  }

  /** Only an empty one can be. */
  remove(): void {
    try {
      rmdirSync(this.#directory);
    } catch {
      // What died a moment ago is still counted; an empty group costs nothing.
    }
  }

  #move(directory: string): boolean {
    try {
      writeFileSync(join(directory, 'cgroup.procs'), String(process.pid));
      return true;
    } catch {
      return false;
    }
  }

  #write(file: string, text: string): void {
    try {
      writeFileSync(join(this.#directory, file), text);
    } catch {
      // The sweep ends them one by one.
    }
  }
}

function directoryOf(attemptId: string): string | null {
  const own = ownDirectory();
  return own === null ? null : join(own, `autoloop-${attemptId}`);
}

let known: string | null | undefined;

/** Where this process's own control group lies in the file system; null: the machine has no v2. */
function ownDirectory(): string | null {
  known ??= process.platform === 'linux' ? findOwn() : null;
  return known;
}

function findOwn(): string | null {
  try {
    const path = /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1];
    const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
    const mount = mounts.find((line) => line.includes(' - cgroup2 '))?.split(' ');
    return path === undefined || mount === undefined
      ? null
      : join(mount[MOUNT_POINT] ?? '', relative(mount[MOUNT_ROOT] ?? '/', path));
  } catch {
    return null;
  }
}

/** As proc_pid_mountinfo(5) counts, from 0. */
const MOUNT_ROOT = 3;
const MOUNT_POINT = 4;
