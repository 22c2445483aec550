import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** Runs a file of `programs/` in a process of its own, killed when the test is over. */
export function startProgram(name: string, ...args: readonly string[]): Program {
  return new Program(start([programFile(name), ...args]));
}

/** The same as another user; only root can. */
export function startProgramAs(uid: number, name: string, ...args: readonly string[]): Program {
  return new Program(start([programFile(name), ...args], { uid, gid: uid }));
}

export function programFile(name: string): string {
  return fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url));
}

export class Program {
  readonly pid: number;
  readonly exited: Promise<unknown>;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor({ child, lines }: StartedProgram) {
    this.#child = child;
    this.pid = child.pid ?? 0;
    this.exited = once(child, 'exit');
    this.#lines = lines[Symbol.asyncIterator]();
  }

  /** What it prints next. */
  async says(): Promise<string> {
    const { value, done } = await this.#lines.next();
    return done === true ? '(ended)' : value;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.exited;
  }
}

interface StartedProgram {
  readonly child: ChildProcess;
  readonly lines: Interface;
}

function start(
  args: readonly string[],
  user: Pick<SpawnOptions, 'uid' | 'gid'> = {},
): StartedProgram {
  const child = spawn(process.execPath, args, { ...user, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, lines: createInterface(child.stdout) };
}
