import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, type TestContext } from 'vitest';
import type { LoopStatus } from '../../src/domain/loop-status.ts';
import { CrashProject, eventually } from '../crash/crash-rig.ts';
import { endProject, isAlive, kill } from '../crash/end-project.ts';

const AUTOLOOP = join(import.meta.dirname, '..', '..', 'bin', 'autoloop');

/** Says when it began, and ends when the test says so; gives up after a minute. */
const TALKING_AGENT = `
touch "began-$AUTOLOOP_ITERATION"
waits=0
while [ ! -e "go-$AUTOLOOP_ITERATION" ] && [ $waits -lt 1200 ]; do sleep 0.05; waits=$((waits + 1)); done
[ ! -e "code-$AUTOLOOP_ITERATION" ] || exit "$(cat "code-$AUTOLOOP_ITERATION")"
touch "finished-$AUTOLOOP_ITERATION"
echo "did iteration $AUTOLOOP_ITERATION"`;

const PROMPT = ['--prompt', 'PROMPT.md'] as const;
const AGENT = ['--agent', 'command', '--agent-command', './agent.sh'] as const;

export interface Called {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

/** A program of the test, still running. */
export interface Calling {
  readonly child: ChildProcess;
  readonly end: Promise<Called>;
  /** What it printed on stdout so far. */
  readonly printed: () => string;
  /** And on stderr. */
  readonly complained: () => string;
}

/** A project whose agent ends when the test says so, used through `bin/autoloop`. */
export class CliProject extends CrashProject {
  /** More of it for the programs begun from now on. */
  environment: Readonly<Record<string, string>> = {};
  /** What starts them: a program and its first arguments. */
  through: readonly string[] = [];

  constructor(agent = TALKING_AGENT) {
    super({ flags: [], agent });
  }

  /** The same on a terminal of 100 columns and 40 rows; its keys are what is written to stdin. */
  onTerminal(...args: string[]): Calling {
    const command = `stty rows 40 cols 100; exec ${[AUTOLOOP, ...args].join(' ')}`;
    return this.#start(['script', '-qefc', command, '/dev/null'], 'pipe');
  }

  /** `autoloop` with just these arguments, not waited for. */
  begin(...args: string[]): Calling {
    return this.#start([...this.through, AUTOLOOP, ...args], 'ignore');
  }

  #start([program = AUTOLOOP, ...rest]: readonly string[], stdin: 'ignore' | 'pipe'): Calling {
    const child = spawn(program, rest, {
      cwd: this.directory,
      env: {
        PATH: process.env['PATH'] ?? '/usr/bin:/bin',
        XDG_CACHE_HOME: '/tmp/autoloop-test-cache',
        HOME: this.directory,
        ...(stdin === 'pipe' && { TERM: 'xterm-256color' }),
        ...this.environment,
      },
      stdio: [stdin, 'pipe', 'pipe'],
      // As a shell does with what it runs in the foreground: a group of its own.
      detached: true,
    });
    let out = '';
    let err = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
    const end = new Promise<Called>((resolve) => {
      child.on('close', (code, signal) => resolve({ code, signal, out, err }));
    });
    return { child, end, printed: () => out, complained: () => err };
  }

  call(...args: string[]): Promise<Called> {
    return this.begin(...args).end;
  }

  /** `run`, `start`, `once`, …: with the prompt and the agent of this project. */
  beginLoop(command: string, ...more: string[]): Calling {
    return this.begin(command, ...PROMPT, ...AGENT, ...more);
  }

  callLoop(command: string, ...more: string[]): Promise<Called> {
    return this.beginLoop(command, ...more).end;
  }

  /** `stop`, `status`, …: of the loop of this project. */
  steer(command: string, ...more: string[]): Promise<Called> {
    return this.call(command, '--task', 'prompt', ...more);
  }

  async status(): Promise<LoopStatus> {
    const { out } = await this.steer('status', '--json');
    return JSON.parse(out);
  }

  /** Until the agent of that iteration works. */
  async began(iteration: number): Promise<void> {
    await eventually(`iteration ${iteration} begins`, () => this.has(`began-${iteration}`));
  }

  letFinish(iteration: number, exitCode = 0): void {
    if (exitCode !== 0) {
      this.write(`code-${iteration}`, String(exitCode));
    }
    this.write(`go-${iteration}`, '');
  }

  has(name: string): boolean {
    return existsSync(this.path(name));
  }

  /** Makes the living loop say something until whoever attaches hears it. */
  async letFollow(attached: Calling): Promise<void> {
    for (let asked = 0; attached.printed() === ''; asked += 1) {
      if (asked > 50) {
        throw new Error('It hears of nothing.');
      }
      await this.steer('pause');
      await this.steer('resume');
    }
  }

  /** Until an event of that name was recorded so many times. */
  async recorded(name: string, times = 1): Promise<void> {
    await eventually(`${times} × ${name}`, () => this.eventsNamed(name).length >= times);
  }

  outcomes(): unknown[] {
    return this.eventsNamed('iteration_end').map(({ details }) => details['outcome']);
  }

  promptOf(iteration: number): string {
    const folder = String(iteration).padStart(6, '0');
    return readFileSync(this.data('iterations', folder, 'prompt.md'), 'utf8');
  }

  runnerPid(): number {
    return Number(readFileSync(this.data('loop.pid'), 'utf8'));
  }

  /** Of the one worker on the list of the living. */
  workerPid(): number {
    const lines = readFileSync(this.data('workers.pids'), 'utf8').split('\n').filter(Boolean);
    if (lines.length !== 1) {
      throw new Error(`${lines.length} workers are listed.`);
    }
    return Number(lines[0]?.split('\t')[0]);
  }
}

/** A loop in the background whose first agent works. */
export async function useStartedLoop(...flags: string[]): Promise<CliProject> {
  return startLoop(useProject(), ...flags);
}

export async function startLoop(project: CliProject, ...flags: string[]): Promise<CliProject> {
  const { code, err } = await project.callLoop('start', ...flags);
  expect(code, err).toBe(0);
  await project.began(1);
  await project.recorded('worker_start');
  return project;
}

/** One whose runner was killed, and whose worker lives. */
export async function useOrphanedLoop(...flags: string[]): Promise<CliProject> {
  const project = await useStartedLoop(...flags);
  await killRunner(project);
  expect(isAlive(project.workerPid())).toBe(true);
  return project;
}

export async function killRunner(project: CliProject): Promise<void> {
  const pid = project.runnerPid();
  kill(pid);
  await eventually('the runner is dead', () => !isAlive(pid));
}

/** Whatever the test starts in it is ended, by pid, when the test is over; one that runs beside others says which it is. */
export function useProject(
  agent?: string,
  test: Pick<TestContext, 'onTestFinished'> = { onTestFinished },
): CliProject {
  const project = new CliProject(agent);
  test.onTestFinished(() => endProject(project));
  return project;
}
