import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished, type TestContext } from 'vitest';
import { ANY_BUDGET } from '../../src/domain/cap.ts';
import type { AttemptClaim, AttemptOrder, AttemptResult } from '../../src/domain/attempt.ts';
import { encodeFrame } from '../../src/isolation/frame.ts';
import { sendSignal } from '../../src/isolation/send-signal.ts';
import { sweepAttempt } from '../../src/stores/attempt-processes.ts';
import { outerPid } from './supervisions.ts';
import { identityOf } from '../../src/stores/process-identity.ts';

const MAIN = fileURLToPath(new URL('../../src/isolation/main.ts', import.meta.url));
const PROGRAMS = fileURLToPath(new URL('../agents-programs/', import.meta.url));

/** Its sources are read as TypeScript, which takes three times as long as to start it. */
const COMPILED = join(tmpdir(), 'autoloop-test-cache', 'isolation');

/** Starts what it is told in a session of its own, says its pid, and waits for it. */
const RUNNER = 'exec 3<&0; setsid "$@" <&3 3<&- & echo $! >&2; wait';

interface Start {
  /** Not the whole frame, or none. */
  readonly frame?: Uint8Array;
  /** JavaScript that runs in the isolation layer before its own. */
  readonly preload?: string;
  readonly path?: string;
  /** It gets its order by `handOver`. */
  readonly isHeld?: boolean;
  /** Descriptors that its shell left open, behind those that Node looks at by itself. */
  readonly leftOpen?: readonly number[];
  /** It is the child of a process that can be killed without it. */
  readonly hasRunner?: boolean;
  /** As whom it runs; only root can say so. */
  readonly user?: Pick<SpawnOptions, 'uid' | 'gid'>;
  /** Whose it is, where that test runs beside others. */
  readonly test?: Pick<TestContext, 'onTestFinished'>;
}

/** One isolation layer, as a runner would start it. */
export class IsolationLayer {
  readonly order: AttemptOrder;
  readonly child: ChildProcess;
  /** Its exit code; null: a signal ended it, or who has waited for it was killed. */
  readonly exit: Promise<number | null>;
  readonly #hasRunner: boolean;
  #hasEnded = false;
  #stderr = '';

  constructor(
    order: AttemptOrder,
    { frame = encodeFrame(order), isHeld = false, hasRunner = false, ...start }: Start = {},
  ) {
    const { preload, path, leftOpen = [], user, test = { onTestFinished } } = start;
    this.order = order;
    this.#hasRunner = hasRunner;
    const options = preload && `--import data:text/javascript,${encodeURIComponent(preload)}`;
    const own = [process.execPath, MAIN, dirname(order.directory)];
    const [file = '', ...args] = hasRunner ? ['/bin/sh', '-c', RUNNER, 'sh', ...own] : own;
    this.child = spawn(file, args, {
      ...user,
      detached: true,
      env: {
        PATH: path ?? process.env['PATH'] ?? '',
        NODE_COMPILE_CACHE: COMPILED,
        ...(options && { NODE_OPTIONS: options }),
      },
      stdio: ['pipe', 'ignore', 'pipe', ...gap(leftOpen), ...leftOpen],
    });
    this.exit = hasRunner
      ? this.#gone()
      : new Promise((resolve) => this.child.on('close', resolve));
    void this.exit.then(() => (this.#hasEnded = true));
    this.child.stderr?.on('data', (words) => (this.#stderr += String(words)));
    this.child.stdin?.on('error', () => {});
    if (!isHeld) {
      this.child.stdin?.end(frame);
    }
    test.onTestFinished(() => this.#end());
  }

  handOver(): void {
    this.child.stdin?.end(encodeFrame(this.order));
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** A test that failed leaves nothing behind either. */
  async #end(): Promise<void> {
    this.signal('SIGKILL');
    this.child.kill('SIGKILL');
    await sweepAttempt(this.order.attemptId);
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#hasRunner && !this.#hasEnded) {
      sendSignal(this.pid, signal);
    } else if (!this.#hasRunner) {
      this.child.kill(signal);
    }
  }

  /** Only one that has such a process of its own. */
  killRunner(): void {
    this.child.kill('SIGKILL');
  }

  /** 0: not known yet. */
  get pid(): number {
    return this.#hasRunner ? Number.parseInt(this.#stderr, 10) || 0 : (this.child.pid ?? 0);
  }

  async #gone(): Promise<null> {
    await until(() => this.pid !== 0);
    await until(() => !isAlive(this.pid));
    return null;
  }

  get claim(): AttemptClaim {
    return JSON.parse(readFileSync(`${this.order.directory}/claim.json`, 'utf8'));
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get hasClaim(): boolean {
    return existsSync(`${this.order.directory}/claim.json`);
  }

  get hasResult(): boolean {
    return existsSync(`${this.order.directory}/result.json`);
  }

  get result(): AttemptResult {
    return JSON.parse(readFileSync(`${this.order.directory}/result.json`, 'utf8'));
  }

  get logBytes(): Buffer {
    return existsSync(this.order.logFile) ? readFileSync(this.order.logFile) : Buffer.alloc(0);
  }

  get log(): string {
    return this.logBytes.toString();
  }

  /** Resolves when the agent has said this. */
  said(text: string): Promise<void> {
    return until(() => this.log.includes(text));
  }

  /** The number that the agent printed behind this word, a pid as a rule: as it is seen from here. */
  async told(word: string): Promise<number> {
    const line = new RegExp(`^${word} (\\d+)$`, 'm');
    await until(() => line.test(this.log));
    return outerPid(this.order.attemptId, Number(line.exec(this.log)?.[1]));
  }

  async ended(): Promise<AttemptResult> {
    await this.exit;
    return this.result;
  }
}

/** Node marks what lies before the first gap behind descriptor 15. */
function gap(leftOpen: readonly number[]): 'ignore'[] {
  return leftOpen.length === 0 ? [] : Array.from({ length: 20 }, () => 'ignore');
}

/** A fake agent; they are named by their behaviour. */
export function program(name: string): string {
  return `${PROGRAMS}${name}`;
}

/** What a runner hands over for this program, in a data folder of its own. */
export function orderFor(
  root: string,
  file: string,
  rest: Partial<AttemptOrder> & { readonly args?: readonly string[] } = {},
): AttemptOrder {
  const { args = [], ...facts } = rest;
  const attemptId = `test-${process.pid}-${(orders += 1)}`;
  const directory = `${root}/iterations/000001/attempt-${orders}`;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return {
    format: 1,
    iteration: 1,
    attempt: 1,
    attemptId,
    runId: 'test',
    loop: 'test',
    task: 'test',
    target: null,
    agent: 'command',
    command: { file, args },
    env: { PATH: '/usr/bin:/bin', AUTOLOOP_ATTEMPT_ID: attemptId },
    cwd: root,
    stdin: '',
    directory,
    logFile: `${root}/iterations/${String(orders).padStart(6, '0')}.log`,
    timeoutMs: 60_000,
    idleTimeoutMs: 0,
    graceMs: 5_000,
    lingerMs: 5_000,
    limits: { memoryBytes: 0, processes: 0, openFiles: 0, cpuSeconds: 0, nice: 0 },
    namespace: null,
    ...{ budget: ANY_BUDGET, price: null, session: null, files: {} },
    minFreeMb: 0,
    logMaxBytes: 0,
    secrets: [],
    ...facts,
  };
}

export function isAlive(pid: number): boolean {
  return identityOf(pid) !== null;
}

export async function until(holds: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + 20_000;
  while (!holds()) {
    if (performance.now() > giveUpAt) {
      throw new Error(`Never came true: ${String(holds)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

let orders = 0;
