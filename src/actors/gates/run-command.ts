import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { execa } from 'execa';
import { BoundedOutput } from './bounded-output.ts';

export interface CommandOrder {
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Ends what left the command's group, too. */
  readonly sweep: () => Promise<unknown>;
}

export interface CommandEnd {
  readonly how: 'exited' | 'timed out' | 'given up' | 'not started';
  readonly exitCode: number | null;
  /** Of a death by signal, or why it could not be started. */
  readonly detail: string | null;
  readonly output: string;
}

/**
 * Runs a command in a process group of its own and leaves nothing of it behind: not at its end, not at its timeout, not
 * when the loop gives it up. Both streams, bounded. Never throws.
 */
export async function runCommand(order: CommandOrder): Promise<CommandEnd> {
  if (order.signal.aborted) {
    return { ...GIVEN_UP, output: '' };
  }
  const [program = '', ...args] = order.argv;
  const output = new BoundedOutput();
  const child = execa(program, args, {
    ...{ cwd: order.cwd, env: order.env, extendEnv: false, detached: true, cleanup: false },
    ...{ stdin: 'ignore', buffer: false, reject: false, all: true },
  });
  child.all.on('data', (chunk: Buffer) => output.add(chunk));
  const closed = once(child.all, 'close').catch(() => {});
  const { ended, isOver } = endWhenDue(order, child.pid);
  const exit = await Promise.race([exitOf(child.nodeChildProcess), ended]);
  isOver();
  endGroup(child.pid);
  await order.sweep();
  await Promise.race([closed, patience()]);
  return { ...exit, output: output.text() };
}

type Exit = Omit<CommandEnd, 'output'>;

const GIVEN_UP: Exit = { how: 'given up', exitCode: null, detail: null };

/** Who holds its streams open is no reason to wait: that is ended after it. */
async function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (exitCode, signal) =>
      resolve({ how: 'exited', exitCode, detail: signal === null ? null : `signal ${signal}` }),
    );
    child.once('error', (error) => {
      const detail = 'code' in error ? String(error.code) : error.message;
      resolve({ how: 'not started', exitCode: null, detail });
    });
  });
}

function endWhenDue({ timeoutMs, signal }: CommandOrder, pid: number | undefined) {
  const { promise: ended, resolve } = Promise.withResolvers<Exit>();
  const end = (how: 'timed out' | 'given up') => (): void => {
    endGroup(pid);
    resolve({ how, exitCode: null, detail: null });
  };
  const timer = setTimeout(end('timed out'), timeoutMs);
  const giveUp = end('given up');
  signal.addEventListener('abort', giveUp, { once: true });
  const isOver = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  };
  return { ended, isOver };
}

/** Its leader may have gone; the number stays the group's as long as anybody is in it. */
function endGroup(pid: number | undefined): void {
  if (pid !== undefined) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Nobody is left in it.
    }
  }
}

const LONGEST_CLOSING_MS = 2_000;

function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LONGEST_CLOSING_MS).unref();
  });
}
