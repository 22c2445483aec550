import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { expectLawfulEvents } from './lawful-events.ts';
import { expectReplays } from './expect-replays.ts';
import { foldEvent } from '../../src/domain/metrics/fold-event.ts';
import { withFigures } from '../../src/domain/metrics/with-figures.ts';
import type { Summary } from '../../src/domain/summary/summary.ts';
import { journaledRuns } from '../../src/stores/journal/read-journal.ts';
import { readEvents } from '../../src/stores/read-events.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CACHE = join(tmpdir(), 'autoloop-test-cache');
/** What `bin/autoloop` becomes, with the faults loaded before it. */
const FAULTY = [
  join(ROOT, 'bin', 'node'),
  `--import=${join(import.meta.dirname, 'die-at.mjs')}`,
  '--disable-warning=ExperimentalWarning',
  join(ROOT, 'dist', 'cli.cjs'),
];

/** A recorded event as it lies on disk. */
export interface DiskEvent {
  readonly event: string;
  readonly iteration: number | null;
  readonly seq: number;
  readonly run_id: string;
  readonly timestamp: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface Life {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: string;
}

/** A project in a temporary folder, whose agent writes down each of its starts. */
export class CrashProject {
  readonly directory = mkdtempSync(join(tmpdir(), 'autoloop-crash-'));
  readonly #flags: readonly string[];
  readonly #environment: Readonly<Record<string, string>>;
  readonly #agentCommand: string;

  constructor(options: {
    readonly flags: readonly string[];
    /** Shell script of the agent. */
    readonly agent: string;
    /** Another program than that script. */
    readonly agentCommand?: string;
    readonly environment?: Readonly<Record<string, string>>;
    readonly files?: Readonly<Record<string, string>>;
  }) {
    this.#flags = options.flags;
    this.#environment = options.environment ?? {};
    this.#agentCommand = options.agentCommand ?? './agent.sh';
    writeFileSync(join(this.directory, 'PROMPT.md'), '# Improve it\n');
    const agent = `#!/bin/sh\ncat > /dev/null\necho "$AUTOLOOP_ATTEMPT_ID" >> "${this.path('ledger')}"\n${options.agent}\n`;
    writeFileSync(this.path('agent.sh'), agent, { mode: 0o755 });
    for (const [name, content] of Object.entries(options.files ?? {})) {
      writeFileSync(this.path(name), content, { mode: 0o755 });
    }
  }

  path(...parts: string[]): string {
    return join(this.directory, ...parts);
  }

  data(...parts: string[]): string {
    return this.path('data', 'prompt', ...parts);
  }

  /** Starts `autoloop run`; the faults are for `die-at.mjs`. */
  start(
    command: readonly string[] = ['run'],
    faults: Readonly<Record<string, string>> = {},
  ): ChildProcess {
    const isFaulty = Object.keys(faults).length > 0;
    const [program = '', ...leading] = isFaulty ? FAULTY : [join(ROOT, 'bin', 'autoloop')];
    return spawn(
      program,
      [
        ...leading,
        ...command,
        '--prompt',
        'PROMPT.md',
        '--agent-command',
        this.#agentCommand,
        ...this.#flags,
      ],
      {
        cwd: this.directory,
        env: {
          PATH: process.env['PATH'] ?? '/usr/bin:/bin',
          XDG_CACHE_HOME: CACHE,
          ...(isFaulty && { NODE_COMPILE_CACHE: join(CACHE, 'autoloop', 'node') }),
          ...this.#environment,
          HOME: this.directory,
          CLAUDE_CODE_TMPDIR: this.directory,
          ...faults,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
  }

  async live(
    command?: readonly string[],
    faults?: Readonly<Record<string, string>>,
  ): Promise<Life> {
    return ended(this.start(command, faults));
  }

  events(): DiskEvent[] {
    const path = this.data('events.ndjson');
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }

  eventsNamed(name: string): DiskEvent[] {
    return this.events().filter(({ event }) => event === name);
  }

  /** Attempt ids as the agents wrote them down themselves. */
  ledger(): string[] {
    const path = this.path('ledger');
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  }

  write(name: string, content: string): void {
    writeFileSync(this.path(name), content);
  }

  /** Throws where an event that any program of it wrote is not as it should be, or a run cannot be played again. */
  remove(): void {
    try {
      expectLawfulEvents(this.directory);
      expectReplays(this.directory);
    } finally {
      rmSync(this.directory, { recursive: true, force: true });
    }
  }
}

export function ended(child: ChildProcess): Promise<Life> {
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, output }));
  });
}

/** What must hold on disk however often, and wherever, runners died. `runs`: how many the lives were. */
export function expectNothingLostOrPaidTwice(
  project: CrashProject,
  iterations: number,
  runs = 1,
): void {
  const events = project.events();
  expect(
    events.map(({ seq }) => seq),
    'seq has no gaps',
  ).toEqual(events.map((_, index) => index + 1));
  const numbers = Array.from({ length: iterations }, (_, index) => index + 1);
  const of = (name: string): (number | null)[] =>
    events.filter(({ event }) => event === name).map(({ iteration }) => iteration);
  expect(of('iteration_start'), 'each iteration starts once, in order').toEqual(numbers);
  expect(of('iteration_end'), 'each iteration ends once, in order').toEqual(numbers);
  expect(of('loop_start'), 'each run starts once').toHaveLength(runs);
  expect(of('loop_end'), 'each run ends once').toHaveLength(runs);
  expect(new Set(events.map(({ run_id }) => run_id)).size, 'one id per run').toBe(runs);
  const ledger = project.ledger();
  expect(new Set(ledger).size, 'no attempt was started twice').toBe(ledger.length);
  const starts = events.filter(({ event }) => event === 'worker_start');
  const ends = events.filter(({ event }) => event === 'worker_end');
  expect(starts, 'a worker_start for each start in the ledger').toHaveLength(ledger.length);
  expect(ends, 'a worker_end for each').toHaveLength(ledger.length);
  const summary = JSON.parse(readFileSync(project.data('summary.json'), 'utf8'));
  expect(summary.total_iterations, 'counted once').toBe(iterations);
  expect(rebuiltUpTo(project, summary.state.metrics.lastSeq), 'kept = rebuilt').toEqual(summary);
  // One that died before it had begun has one as well.
  expect(journaledRuns(project.data('journal')), 'each run has a journal').toEqual(
    expect.arrayContaining(events.map(({ run_id }) => run_id)),
  );
  expect(existsSync(project.data('loop.pid')), 'no pid file is left').toBe(false);
  const workers = project.data('workers.pids');
  expect(existsSync(workers) ? readFileSync(workers, 'utf8') : '', 'no worker is listed').toBe('');
  expect(processesLeft(project), 'no process is left').toEqual([]);
}

/** What the events up to that one come to. */
function rebuiltUpTo(project: CrashProject, seq: number): unknown {
  let summary: Summary | null = null;
  for (const event of readEvents(project.data('events.ndjson'))) {
    summary = event.seq > seq ? summary : foldEvent(summary, event);
  }
  return JSON.parse(JSON.stringify(summary && withFigures(summary)));
}

/** An isolation layer that has nothing to do ends moments after its runner was killed. */
function processesLeft(project: CrashProject): string[] {
  const giveUpAt = performance.now() + 2_000;
  while (processesOf(project).length > 0 && performance.now() < giveUpAt) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
  return processesOf(project);
}

/** Processes that belong to an attempt of this project, by what their environment or arguments say. */
export function processesOf(project: CrashProject): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => readProcess(pid).includes(project.directory));
}

function readProcess(pid: string): string {
  try {
    return ['environ', 'cmdline']
      .map((name) => readFileSync(`/proc/${pid}/${name}`, 'utf8'))
      .join();
  } catch {
    return '';
  }
}

/** Waits until it holds; the deadline is a failure, not an order of things. */
export async function eventually(
  what: string,
  holds: () => boolean,
  deadlineMs = 15_000,
): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!holds()) {
    if (Date.now() > end) {
      throw new Error(`It did not come about within ${deadlineMs} ms: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
