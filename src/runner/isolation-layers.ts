import { spawn, type ChildProcess } from 'node:child_process';
import type { IsolationLayers } from '../actors/loop-world.ts';
import type { AttemptOrder } from '../domain/attempt.ts';
import { EXIT } from '../domain/error.ts';
import type { Environment } from '../domain/environment.ts';
import { encodeFrame } from '../isolation/frame.ts';
import type { ProcessIdentity } from '../domain/process-identity.ts';
import { identityOf } from '../stores/process-identity.ts';
import { errorCode } from '../stores/error-code.ts';
import { findInstallation } from './installation.ts';

export interface LayerFacts {
  readonly environment: Environment;
  /** The loop's data folder: where a layer makes the pipes of its agent. */
  readonly directory: string;
  /** Whether attempts follow each other at once, so that a layer is kept for the next one. */
  readonly keeps: boolean;
}

/** Starts isolation layers, each in a session of its own; one that has no order ends when its stdin does. */
export class ProcessIsolationLayers implements IsolationLayers {
  readonly #facts: LayerFacts;
  #current: Layer | null = null;
  #isIdle = false;
  #leash: NodeJS.Timeout | undefined;
  #leaving: Promise<void> = Promise.resolve();

  constructor(facts: LayerFacts) {
    this.#facts = facts;
  }

  start(order: AttemptOrder): Promise<number | null> {
    try {
      this.#current = this.#takeIdle() ?? new Layer(this.#facts);
      return this.#current.play(order);
    } catch (error) {
      return Promise.resolve(exitCodeOf(error));
    }
  }

  identity(): ProcessIdentity | null {
    return this.#current?.identity ?? null;
  }

  finished(staysReady: boolean): void {
    clearTimeout(this.#leash);
    this.#isIdle = true;
    if (this.#facts.keeps && staysReady) {
      this.#leash = setTimeout(() => this.#release(), LONGEST_IDLE_MS);
    } else {
      this.#release();
    }
  }

  noMore(): void {
    clearTimeout(this.#leash);
    this.#current?.end();
  }

  async letGo(): Promise<void> {
    this.#release();
    await this.#leaving;
  }

  #release(): void {
    const idle = this.#takeIdle();
    this.#current?.end();
    this.#current = null;
    this.#leaving = idle?.gone() ?? this.#leaving;
  }

  /** null: there is none, or it has gone. */
  #takeIdle(): Layer | null {
    clearTimeout(this.#leash);
    const layer = this.#isIdle ? this.#current : null;
    this.#isIdle = false;
    return layer?.isAlive ? layer : null;
  }
}

/** A loop that turns out to wait holds no process for it. */
const LONGEST_IDLE_MS = 2_000;

class Layer {
  readonly #child: ChildProcess;
  /** Of the last order alone: what waited for former ones has been answered. */
  #exited: (code: number | null) => void = () => {};

  constructor({ environment, directory, keeps }: LayerFacts) {
    const { isolation } = findInstallation();
    const args = [...NODE_FLAGS, isolation, directory, ...(keeps ? ['kept'] : [])];
    this.#child = spawn(process.execPath, args, {
      cwd: '/',
      detached: true,
      env: ownEnvironment(environment),
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#child.on('error', (error) => this.#exited(exitCodeOf(error)));
    this.#child.on('exit', (code) => this.#exited(code));
    this.#child.stdin?.on('error', () => {});
    this.#child.unref();
  }

  get isAlive(): boolean {
    const { pid, exitCode, signalCode } = this.#child;
    return pid !== undefined && exitCode === null && signalCode === null;
  }

  get identity(): ProcessIdentity | null {
    return this.isAlive ? identityOf(this.#child.pid ?? 0) : null;
  }

  play(order: AttemptOrder): Promise<number | null> {
    this.#child.stdin?.write(encodeFrame(order));
    return new Promise((resolve) => (this.#exited = resolve));
  }

  end(): void {
    this.#child.stdin?.end();
  }

  /** Its end as one that has no order; it has nothing to lose. */
  async gone(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    // Else nothing would keep this process until the end of that one is heard.
    this.#child.ref();
    this.#child.on('exit', () => resolve());
    const timers = [
      setTimeout(() => this.#child.kill('SIGKILL'), LONGEST_LEAVING_MS),
      setTimeout(resolve, 2 * LONGEST_LEAVING_MS),
    ];
    await promise;
    timers.forEach((timer) => clearTimeout(timer));
    this.#child.unref();
  }
}

/** null: why it did not start says nothing of what the machine lacks. */
function exitCodeOf(error: unknown): number | null {
  const code = errorCode(error);
  return code !== null && EXHAUSTED.has(code) ? EXIT.resourceExhausted : null;
}

const EXHAUSTED: ReadonlySet<string> = new Set(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE']);
const LONGEST_LEAVING_MS = 1_000;

/** No helper threads: nothing is compiled or collected beside the work itself, and their start takes 3 ms. */
const NODE_FLAGS = [
  '--v8-pool-size=0',
  '--max-semi-space-size=1',
  '--disable-warning=ExperimentalWarning',
];

/**
 * The compile cache, which halves its start; PATH, to find what it makes pipes with; and, where this autoloop runs inside
 * a worker itself, the mark by which the outer one finds all that belongs to it.
 */
const KEPT = ['NODE_COMPILE_CACHE', 'PATH', 'AUTOLOOP_ATTEMPT_ID'];

function ownEnvironment(environment: Environment): Record<string, string | undefined> {
  return Object.fromEntries(KEPT.map((name) => [name, environment[name]]));
}
