import { spawn, type ChildProcess } from 'node:child_process';
import { notSent, SENT, type Delivery } from './channels/channel.ts';

export interface ProgramRun {
  /** Absolute. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Its stdin. */
  readonly input: string;
  readonly limitMs: number;
  readonly signal: AbortSignal;
  readonly redact: (text: string) => string;
}

export const PROGRAM_LIMIT_MS = 10_000;
const KEPT = 2_000;

/** Runs it in a group of its own, which is killed where it takes too long. Exit code 0 means sent. */
export function runProgram(run: ProgramRun): Promise<Delivery> {
  return new Promise((resolve) => {
    const { file, args, cwd, env, limitMs } = run;
    const stdio = ['pipe', 'ignore', 'pipe'] as const;
    const child = spawn(file, args, { cwd, env, detached: true, stdio: [...stdio] });
    let complaint = '';
    child.stderr?.on('data', (bytes: Buffer) => {
      complaint = `${complaint}${bytes.toString()}`.slice(-KEPT);
    });
    child.stdin?.on('error', () => {}).end(run.input);
    let late = '';
    const giveUp = (why: string): void => {
      late ||= why;
      killGroup(child);
    };
    const timer = setTimeout(() => giveUp(`it ran for more than ${limitMs / 1000} s`), limitMs);
    const abort = (): void => giveUp(ENDED);
    run.signal.addEventListener('abort', abort);
    const end = (delivery: Delivery): void => {
      clearTimeout(timer);
      run.signal.removeEventListener('abort', abort);
      child.stderr?.destroy();
      resolve(delivery);
    };
    child.on('error', ({ message }) => end(notSent(run.redact(message), { isFinal: true })));
    // Not `close`: what it left in the background may hold its stderr for long.
    child.on('exit', (code, signal) => {
      const how = late || exitWords({ code, signal, complaint: run.redact(complaint) });
      end(code === 0 && late === '' ? SENT : notSent(how, { isFinal: true }));
    });
    if (run.signal.aborted) {
      abort();
    }
  });
}

const ENDED = 'the runner ended before it was done';

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) {
      process.kill(-pid, 'SIGKILL');
    }
  } catch {
    // It has just gone.
  }
}

function exitWords(end: { code: number | null; signal: string | null; complaint: string }): string {
  const how = end.signal === null ? `it exited with ${end.code}` : `it died of ${end.signal}`;
  const last = end.complaint.trim().split('\n').at(-1) ?? '';
  return last === '' ? how : `${how}: ${last.slice(0, 200)}`;
}
