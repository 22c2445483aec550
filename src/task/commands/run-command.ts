import type { ChildProcess } from 'node:child_process';

export interface HookCommand {
  /** Program and arguments; never through a shell. */
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** A hook itself has 60 seconds. */
  readonly timeoutMs: number;
  /** That of the hook. */
  readonly signal: AbortSignal;
  /** Default 1,000,000. */
  readonly mostBytes?: number;
}

export interface HookCommandEnd {
  /** null: it was not started, or was ended. */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** Why its output is nothing to go by, as the end of "COMMAND …"; null: it ended with exit code 0. */
  readonly problem: string | null;
}

/**
 * Runs a command for a hook, in a process group of its own with nothing on stdin, and ends the whole group when it is over,
 * takes too long, prints too much or the hook is given up. Sees autoloop's own environment. Never throws.
 */
export async function runCommand(command: HookCommand): Promise<HookCommandEnd> {
  const { argv, cwd, signal } = command;
  const [program = '', ...args] = argv;
  if (signal.aborted) {
    return { exitCode: null, stdout: '', problem: GIVEN_UP };
  }
  const child = await start(program, args, cwd);
  if (child instanceof Error) {
    return { exitCode: null, stdout: '', problem: startProblem(child, program) };
  }
  const out = new Heard(child.stdout, command.mostBytes ?? MOST_BYTES);
  const said = new Heard(child.stderr, MOST_SAID);
  const end = await endOf(child, command, out);
  endGroup(child.pid);
  await Promise.race([Promise.all([out.closed, said.closed]), patience()]);
  const problem = end.problem ?? (out.isTooMuch ? out.excess() : null);
  const words = problem === null ? '' : lastLine(said.text());
  return {
    exitCode: end.exitCode,
    stdout: out.text(),
    problem: problem === null ? null : `${problem}${words === '' ? '' : `: ${words}`}`,
  };
}

/** What can be no program, as one without a name, is told at once. */
async function start(program: string, args: readonly string[], cwd: string) {
  const { spawn } = await import('node:child_process');
  try {
    return spawn(program, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const MOST_BYTES = 1_000_000;
const MOST_SAID = 64_000;
const GIVEN_UP = 'was given up: the loop is stopping';

type Exit = Pick<HookCommandEnd, 'exitCode' | 'problem'>;

async function endOf(
  child: ChildProcess,
  { timeoutMs, signal, argv: [program] }: HookCommand,
  out: Heard,
): Promise<Exit> {
  const { promise, resolve } = Promise.withResolvers<Exit>();
  const fail = (problem: string): void => resolve({ exitCode: null, problem });
  const giveUp = (): void => fail(GIVEN_UP);
  const timer = setTimeout(() => fail(`did not end within ${timeoutMs / 1000} s`), timeoutMs);
  signal.addEventListener('abort', giveUp, { once: true });
  child.once('error', (error) => fail(startProblem(error, program ?? '')));
  child.once('exit', (exitCode, by) => {
    const problem = exitCode === null ? `was ended by ${by}` : `ended with exit code ${exitCode}`;
    resolve({ exitCode, problem: exitCode === 0 ? null : problem });
  });
  out.onExcess(() => fail(out.excess()));
  if (signal.aborted) {
    giveUp();
  }
  const exit = await promise;
  clearTimeout(timer);
  signal.removeEventListener('abort', giveUp);
  return exit;
}

function startProblem(error: Error, program: string): string {
  return 'code' in error && error.code === 'ENOENT'
    ? `cannot be started: there is no ${program}`
    : `cannot be started: ${error.message}`;
}

/** What comes on a stream, up to so many bytes. */
class Heard {
  readonly #mostBytes: number;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #tell = (): void => {};
  readonly closed: Promise<void>;

  constructor(stream: NonNullable<ChildProcess['stdout']>, mostBytes: number) {
    this.#mostBytes = mostBytes;
    this.closed = new Promise((resolve) => {
      stream.once('close', resolve);
    });
    stream.on('error', () => {});
    stream.on('data', (chunk: Buffer) => this.#add(chunk));
  }

  #add(chunk: Buffer): void {
    this.#chunks.push(chunk.subarray(0, Math.max(0, this.#mostBytes - this.#bytes)));
    this.#bytes += chunk.length;
    if (this.isTooMuch) {
      this.#tell();
    }
  }

  onExcess(tell: () => void): void {
    this.#tell = tell;
  }

  get isTooMuch(): boolean {
    return this.#bytes > this.#mostBytes;
  }

  excess(): string {
    return `printed more than ${this.#mostBytes} bytes`;
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

const LONGEST_WORDS = 300;

/** Programs say last what is wrong. */
function lastLine(said: string): string {
  const lines = said
    .replaceAll(/[^\P{Cc}\n]/gu, ' ')
    .trim()
    .split('\n');
  return (lines.at(-1) ?? '').trim().slice(0, LONGEST_WORDS);
}

function endGroup(pid: number | undefined): void {
  if (pid !== undefined) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Nobody is left in it.
    }
  }
}

const LAST_WORDS_MS = 500;

/** What left its group and keeps its output is not waited for. */
function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LAST_WORDS_MS).unref();
  });
}
