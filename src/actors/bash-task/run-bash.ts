import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Writable } from 'node:stream';
import type { Environment } from '../../domain/environment.ts';
import { MarkedOutput } from './marked-output.ts';
import { HOOK_SCRIPT } from './scripts.ts';

export interface BashCall {
  readonly mode: 'names' | 'value' | 'check' | 'exports';
  /** Absolute path of the `task.sh`. */
  readonly file: string;
  readonly hook: string;
  readonly args?: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
  /** Names in `env` that count as exported only if the task exports them itself. */
  readonly told?: readonly string[];
  readonly signal: AbortSignal;
}

export type BashEnd = {
  /** What came on stderr, at most 64 kB. */
  readonly said: string;
} & (
  | {
      readonly ok: true;
      readonly code: number;
      /** null: the file could not be sourced. */
      readonly output: string | null;
    }
  | { readonly ok: false; readonly problem: string }
);

const MOST_OUTPUT = 16 * 1024 * 1024;
const MOST_SAID = 64 * 1024;

/**
 * Runs one function of a `task.sh` in a bash and a process group of its own. When it is over, given up or has printed too
 * much, its whole group is ended; children that keep its output open are not waited for. Never throws.
 */
export function runBash(call: BashCall): Promise<BashEnd> {
  try {
    return new BashRun(call).end;
  } catch (error) {
    // As where a variable is longer than a system takes.
    const problem = `could not be started: ${error instanceof Error ? error.message : String(error)}`;
    return Promise.resolve({ ok: false, problem, said: '' });
  }
}

class BashRun {
  readonly end: Promise<BashEnd>;
  readonly #mark = randomBytes(16).toString('hex');
  readonly #output = new MarkedOutput(this.#mark, MOST_OUTPUT);
  readonly #said = new MarkedOutput(this.#mark, MOST_SAID);
  readonly #signal: AbortSignal;
  readonly #child: ChildProcess;
  readonly #resolve: (end: BashEnd) => void;
  #hasExited = false;
  #isClosed = false;
  #isOver = false;
  readonly #giveUp = (): void => this.#fail('was given up');

  constructor(call: BashCall) {
    const { promise, resolve } = Promise.withResolvers<BashEnd>();
    this.end = promise;
    this.#resolve = resolve;
    this.#signal = call.signal;
    this.#child = startBash(call, this.#mark);
    this.#listen(call);
    if (call.signal.aborted) {
      this.#giveUp();
    }
  }

  #listen(call: BashCall): void {
    const child = this.#child;
    child.on('error', (error) => this.#fail(startProblem(error, call.cwd)));
    child.on('exit', (code, signal) => this.#exited(code, signal));
    child.stdout?.on('data', (chunk: Buffer) => this.#hear(this.#output, chunk));
    child.stdout?.on('end', () => this.#closed());
    child.stderr?.on('data', (chunk: Buffer) => this.#hear(this.#said, chunk));
    this.#signal.addEventListener('abort', this.#giveUp, { once: true });
  }

  #hear(heard: MarkedOutput, chunk: Buffer): void {
    heard.push(chunk);
    if (this.#output.overflowed) {
      this.#fail(`printed more than ${MOST_OUTPUT / 1024 / 1024} MB`);
    } else if (this.#output.ended && this.#said.ended) {
      const { text, code } = this.#output.value();
      this.#finish({ ok: true, code, output: text, said: this.#said.wholeLines() });
    }
  }

  /** Our own shell ends with 0 once it has printed the marks, which may still be on their way. */
  #exited(code: number | null, signal: string | null): void {
    if (code !== 0) {
      this.#fail(signal === null ? `ended its shell with code ${code}` : `was ended by ${signal}`);
    }
    this.#hasExited = true;
    this.#check();
  }

  #closed(): void {
    this.#isClosed = true;
    this.#check();
  }

  #check(): void {
    if (this.#hasExited && this.#isClosed && !this.#output.ended) {
      this.#fail('ended its shell before it was called');
    }
  }

  #fail(problem: string): void {
    this.#finish({ ok: false, problem, said: this.#said.wholeLines() });
  }

  #finish(end: BashEnd): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.#signal.removeEventListener('abort', this.#giveUp);
    this.#resolve(end);
    endGroup(this.#child);
    this.#child.stdio.forEach((stream) => stream?.destroy());
  }
}

function startBash(call: BashCall, mark: string): ChildProcess {
  const { mode, file, hook, args = [], told = [] } = call;
  const order = [mark, mode, file, hook, String(args.length), told.join(' ')];
  const child = spawn('bash', ['-c', HOOK_SCRIPT, file, ...order], {
    ...{ cwd: call.cwd, env: call.env, detached: true },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', ...args.map(() => 'pipe' as const)],
  });
  child.stdio.slice(3).forEach((pipe, index) => {
    // Who does not read to the end is no concern of ours.
    pipe?.on('error', () => {});
    if (index > 0 && pipe instanceof Writable) {
      pipe.end(args[index - 1]);
    }
  });
  return child;
}

function startProblem(error: Error, cwd: string): string {
  if (!existsSync(cwd)) {
    return `could not be started in ${cwd}, which does not exist`;
  }
  return 'code' in error && error.code === 'ENOENT'
    ? 'needs bash, which was not found'
    : `could not be started: ${error.message}`;
}

/** The one that reads descriptor 3 is in it, so that its number cannot have become another one's. */
function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) {
      process.kill(-pid, 'SIGKILL');
    }
  } catch {
    // Nobody was left.
  }
}
