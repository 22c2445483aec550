import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { ANY_BUDGET } from '../../src/domain/cap.ts';
import type { AttemptClaim, AttemptOrder, AttemptResult } from '../../src/domain/attempt.ts';
import { encodeFrame } from '../../src/isolation/frame.ts';
import { sweepAttempt } from '../../src/stores/attempt-processes.ts';
import { outerPid } from './supervisions.ts';
import { identityOf } from '../../src/stores/process-identity.ts';

const MAIN = fileURLToPath(new URL('../../src/isolation/main.ts', import.meta.url));
const PROGRAMS = fileURLToPath(new URL('../agents-programs/', import.meta.url));

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
}

/** One isolation layer, as a runner would start it. */
export class IsolationLayer {
  readonly order: AttemptOrder;
  readonly child: ChildProcess;
  /** Its exit code; null: a signal ended it. */
  readonly exit: Promise<number | null>;
  #stderr = '';

  constructor(
    order: AttemptOrder,
    { frame = encodeFrame(order), preload, path, isHeld = false, leftOpen = [] }: Start = {},
  ) {
    this.order = order;
    const options = preload && `--import data:text/javascript,${encodeURIComponent(preload)}`;
    this.child = spawn(process.execPath, [MAIN, dirname(order.directory)], {
      detached: true,
      env: { PATH: path ?? process.env['PATH'] ?? '', ...(options && { NODE_OPTIONS: options }) },
      stdio: ['pipe', 'ignore', 'pipe', ...gap(leftOpen), ...leftOpen],
    });
    this.exit = new Promise((resolve) => this.child.on('close', resolve));
    this.child.stderr?.on('data', (words) => (this.#stderr += String(words)));
    this.child.stdin?.on('error', () => {});
    if (!isHeld) {
      this.child.stdin?.end(frame);
    }
    onTestFinished(() => this.#end());
  }

  handOver(): void {
    this.child.stdin?.end(encodeFrame(this.order));
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** A test that failed leaves nothing behind either. */
  async #end(): Promise<void> {
    this.child.kill('SIGKILL');
    await sweepAttempt(this.order.attemptId);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  get claim(): AttemptClaim {
    return JSON.parse(readFileSync(`${this.order.directory}/claim.json`, 'utf8'));
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
