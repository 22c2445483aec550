import type { ChildProcessByStdio, spawn as nodeSpawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { HeardOutput } from './heard-output.ts';

export interface HookCommand {
  /** Program and arguments; never through a shell. */
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** On stdin; absent: nothing. */
  readonly input?: string;
  /** On top of autoloop's own. */
  readonly env?: Readonly<Record<string, string>>;
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
 * Runs a command for a hook, in a process group of its own, and ends the whole group when it is over, takes too long,
 * prints too much or the hook is given up. Sees autoloop's own environment. Never throws.
 */
export async function runCommand(command: HookCommand): Promise<HookCommandEnd> {
  const {
    argv: [program = ''],
    signal,
  } = command;
  if (signal.aborted) {
    return { exitCode: null, stdout: '', problem: GIVEN_UP };
  }
  const { spawn } = await import('node:child_process');
  const child = start(spawn, program, command);
  if (child instanceof Error) {
    return { exitCode: null, stdout: '', problem: startProblem(child, program) };
  }
  child.stdin.on('error', () => {});
  child.stdin.end(command.input ?? '');
  const out = new HeardOutput(child.stdout, command.mostBytes ?? MOST_BYTES);
  const said = new HeardOutput(child.stderr, MOST_SAID);
  const end = await endOf(child, command, out);
  endGroup(child.pid);
  await Promise.race([Promise.all([out.closed, said.closed]), patience()]);
  child.stdin.destroy();
  child.stdout.destroy();
  child.stderr.destroy();
  const problem = end.problem ?? (out.isTooMuch ? out.excess() : null);
  const words = problem === null ? '' : lastLine(said.text());
  return {
    exitCode: end.exitCode,
    stdout: out.text(),
    problem: problem === null ? null : `${problem}${words === '' ? '' : `: ${words}`}`,
  };
}

/** What can be no program, as one without a name, is told at once. */
function start(
  spawn: typeof nodeSpawn,
  program: string,
  { argv, cwd, env }: HookCommand,
): Child | Error {
  try {
    return spawn(program, argv.slice(1), {
      ...{ cwd, env: { ...process.env, ...env }, detached: true, stdio: ['pipe', 'pipe', 'pipe'] },
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

const MOST_BYTES = 1_000_000;
const MOST_SAID = 64_000;
const GIVEN_UP = 'was given up: the loop is stopping';

type Exit = Pick<HookCommandEnd, 'exitCode' | 'problem'>;

async function endOf(
  child: Child,
  { timeoutMs, signal, argv: [program] }: HookCommand,
  out: HeardOutput,
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
  if (!('code' in error) || error.code !== 'ENOENT') {
    return `cannot be started: ${error.message}`;
  }
  const orItsFirstLine = program.includes('/') ? ', or not what its first line names' : '';
  return `cannot be started: there is no ${program}${orItsFirstLine}`;
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
