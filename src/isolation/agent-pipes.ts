import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryPath } from '../stores/temporary-file.ts';

/** Both ends of the agent's stdin, stdout and stderr, as file descriptors. */
export interface AgentPipes {
  readonly ours: Ends;
  readonly agents: Ends;
}

interface Ends {
  readonly stdin: number;
  readonly stdout: number;
  readonly stderr: number;
}

/**
 * Real pipes. What Node calls pipes are sockets, and an agent cannot open those by name: `cat /dev/stdin` and
 * `echo > /dev/stderr` fail on them. null: this folder or system has none (no space, no FIFOs).
 */
export function openAgentPipes(directory: string): AgentPipes | null {
  const paths = NAMES.map((name) => temporaryPath(join(directory, name)));
  const opened: number[] = [];
  try {
    return spawnSync('mkfifo', ['-m', '600', ...paths], {
      stdio: 'ignore',
      timeout: LONGEST_MAKING_MS,
    }).status === 0
      ? openAll(paths, opened)
      : null;
  } catch {
    opened.forEach(closeSync);
    return null;
  } finally {
    paths.forEach((path) => rmSync(path, { force: true }));
  }
}

export function closeEnds(ends: Ends): void {
  Object.values(ends).forEach((fd: number) => closeSync(fd));
}

const LONGEST_MAKING_MS = 5_000;
const NAMES = ['stdin', 'stdout', 'stderr'] as const;
const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;

/** Opening one end of a FIFO waits for the other, unless it is opened without waiting; the agent's ends must wait. */
function openAll([stdin = '', stdout = '', stderr = '']: string[], opened: number[]): AgentPipes {
  const open = (path: string, flags: number): number => {
    const fd = openSync(path, flags);
    opened.push(fd);
    return fd;
  };
  const doorstop = open(stdin, O_RDONLY | O_NONBLOCK);
  const ours = {
    stdin: open(stdin, O_WRONLY | O_NONBLOCK),
    stdout: open(stdout, O_RDONLY | O_NONBLOCK),
    stderr: open(stderr, O_RDONLY | O_NONBLOCK),
  };
  const agents = {
    stdin: open(stdin, O_RDONLY),
    stdout: open(stdout, O_WRONLY),
    stderr: open(stderr, O_WRONLY),
  };
  closeSync(doorstop);
  return { ours, agents };
}
