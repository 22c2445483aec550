import { execa } from 'execa';
import { BoundedText } from './bounded-text.ts';

export interface SelectorRun {
  /** Absolute path. */
  readonly file: string;
  /** Absolute path of the folder it runs in. */
  readonly cwd: string;
  readonly stdin: string;
  /** On top of autoloop's own. */
  readonly env: Readonly<Record<string, string>>;
  /** Default 60,000. */
  readonly timeoutMs?: number;
  readonly signal: AbortSignal;
}

export interface SelectorEnd {
  readonly stdout: string;
  /** What came on stderr, bounded. */
  readonly said: string;
  /** Why its output is nothing to go by, as the end of "Selector FILE …"; null: it is. */
  readonly problem: string | null;
}

const TIMEOUT_MS = 60_000;
const MOST_OUTPUT = 1_000_000;
const MOST_SAID = 64_000;
/** What it printed may still be on its way when it has ended; what leaves its group and keeps its output is not waited for. */
const LAST_WORDS_MS = 500;

/**
 * Runs a selector in a process group of its own, and ends the whole group when it is over, takes too long, prints too
 * much or is given up. Never throws.
 */
export async function runSelector(run: SelectorRun): Promise<SelectorEnd> {
  const child = start(run);
  const stdout = new BoundedText(MOST_OUTPUT);
  const said = new BoundedText(MOST_SAID);
  const problem = await endOf(child, run, stdout, said);
  endGroup(child.pid);
  await silenceOf(child);
  return { stdout: stdout.text(), said: said.text(), problem: problem ?? tooMuch(stdout) };
}

type Child = ReturnType<typeof start>;

function start({ file, cwd, env, stdin }: SelectorRun) {
  return execa(file, [], {
    ...{ cwd, env, input: stdin, detached: true, cleanup: false, buffer: false, reject: false },
  });
}

/** What went wrong, as soon as it does; null: it ended well. */
async function endOf(child: Child, run: SelectorRun, stdout: BoundedText, said: BoundedText) {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const { timeoutMs = TIMEOUT_MS, signal } = run;
  const giveUp = (): void => resolve('was given up: the loop is stopping');
  const timer = setTimeout(() => resolve(`did not end within ${timeoutMs / 1000} s`), timeoutMs);
  child.stdout.on('data', (chunk: Buffer) => {
    stdout.push(chunk);
    if (stdout.isTooMuch) {
      resolve(tooMuch(stdout));
    }
  });
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  child.nodeChildProcess.once('exit', (code, by) => resolve(exitProblem(code, by)));
  void child.then(({ originalMessage }) => resolve(`cannot be started: ${originalMessage}`));
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) {
    giveUp();
  }
  const problem = await promise;
  clearTimeout(timer);
  signal.removeEventListener('abort', giveUp);
  return problem;
}

function exitProblem(code: number | null, signal: string | null): string | null {
  if (code === 0) {
    return null;
  }
  return code === null ? `was ended by ${signal}` : `ended with exit code ${code}`;
}

function tooMuch(stdout: BoundedText): string | null {
  return stdout.isTooMuch ? `printed more than ${MOST_OUTPUT / 1_000_000} MB` : null;
}

function endGroup(leader: number | undefined): void {
  if (leader !== undefined) {
    try {
      process.kill(-leader, 'SIGKILL');
    } catch {
      // Nobody is left in it.
    }
  }
}

/** Until it is heard to its end, or for so long. */
async function silenceOf(child: Child): Promise<void> {
  const { promise: patience, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, LAST_WORDS_MS);
  await Promise.race([patience, child]);
  clearTimeout(timer);
  [child.stdin, child.stdout, child.stderr].forEach((stream) => stream.destroy());
}
