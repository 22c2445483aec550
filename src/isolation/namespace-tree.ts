import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { sweepTree } from '../stores/attempt-processes.ts';
import { linuxProcesses } from '../stores/linux-processes.ts';
import type { ProcessRow } from '../stores/process-row.ts';
import { hearInit } from './namespace-init.ts';
import type { AgentLife, ProcessTree, TreeLook } from './process-tree.ts';
import { sendSignal } from './send-signal.ts';

interface Namespace {
  /** `setpriv`, which became `unshare`: leader of the group and the session, outside of the namespace. */
  readonly child: ChildProcess;
  readonly channel: Duplex;
  readonly attemptId: string;
}

/**
 * A tree in a PID namespace of its own: nothing leaves it, all of it ends with its init, and the exit of `unshare`,
 * which waits for the init, proves it. Pids seen from inside are not those seen from here.
 */
export class NamespaceTree implements ProcessTree {
  readonly #child: ChildProcess;
  readonly #attemptId: string;
  readonly #gone: Promise<void>;
  /** Seen from outside; null until it is up. */
  #init: number | null = null;
  #hasEnded = false;
  #isEmpty = false;
  /** What `unshare` said, where it failed. */
  #words = '';

  constructor({ child, channel, attemptId }: Namespace, life: AgentLife) {
    this.#child = child;
    this.#attemptId = attemptId;
    const begin = hearInit(channel, {
      up: () => {
        this.#init = childOf(this.#top);
        life.created(this.#init);
        begin();
        life.started();
      },
      ended: (exitCode, processes) => {
        this.#hasEnded = true;
        this.#isEmpty = processes <= 1;
        life.exited({ exitCode, signal: null });
      },
    });
    child.once('error', (error) => life.failed(error));
    child.stderr?.on('data', (bytes) => (this.#words = `${this.#words}${bytes}`.slice(0, 500)));
    this.#gone = this.#end(channel, life);
  }

  terminate(): void {
    sendSignal(-this.#top, 'SIGTERM');
    // A stopped process would hear of it only after its grace.
    sendSignal(-this.#top, 'SIGCONT');
  }

  kill(): void {
    // Its end is the end of all; `unshare` stays to see it. Before it is there, the group is all there is.
    sendSignal(this.#init ?? -this.#top, 'SIGKILL');
  }

  look(): TreeLook {
    const proc = `/proc/${this.#init ?? 0}/root/proc`;
    const rows = rowsIn(proc);
    return {
      members: rows.filter(({ pid }) => pid !== INIT),
      cpuSeconds: rows.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
      proc,
    };
  }

  async settled(_drained: Promise<unknown>, signal: AbortSignal): Promise<void> {
    while (!this.#isEmpty && !signal.aborted && this.look().members.length > 0) {
      await setTimeout(LOOK_EVERY_MS);
    }
  }

  async sweep(): Promise<readonly string[]> {
    const left = this.#isEmpty ? [] : this.look().members.map(({ name }) => name);
    if (!this.#hasExited) {
      this.kill();
    }
    const isGone = await Promise.race([
      this.#gone.then(() => true),
      setTimeout(MOST_ENDING_MS, false, { ref: false }),
    ]);
    if (!isGone) {
      throw new Error(`The system cannot end the namespace of process ${this.#init}`);
    }
    return this.#isProven ? left : [...left, ...(await this.#sweepOutside())];
  }

  get #top(): number {
    return this.#child.pid ?? 0;
  }

  get #hasExited(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** A waiter that was killed itself has seen nothing. */
  get #isProven(): boolean {
    return this.#init !== null && this.#child.exitCode !== null;
  }

  #sweepOutside(): Promise<readonly string[]> {
    return sweepTree({ attemptId: this.#attemptId, leader: this.#top });
  }

  async #end(channel: Duplex, life: AgentLife): Promise<void> {
    await Promise.all([once(this.#child, 'exit'), once(channel, 'close')]);
    this.#isEmpty = true;
    if (this.#init === null) {
      life.failed(new Error(`no namespace could be made: ${this.#words.trim()}`));
    } else if (!this.#hasEnded) {
      life.exited({ exitCode: null, signal: 'SIGKILL' });
    }
  }
}

/** As the namespace itself counts. */
const INIT = 1;
const LOOK_EVERY_MS = 20;
const MOST_ENDING_MS = 10_000;

function once(emitter: ChildProcess | Duplex, event: 'exit' | 'close'): Promise<void> {
  return new Promise((resolve) => {
    emitter.once(event, () => resolve());
  });
}

/** A kernel may be built without the list of children. */
function childOf(pid: number): number {
  try {
    return Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1'), 10);
  } catch {
    return linuxProcesses({}).find(({ parent }) => parent === pid)?.pid ?? 0;
  }
}

/** The namespace's own list of processes. It goes with its init. */
function rowsIn(proc: string): readonly ProcessRow[] {
  try {
    return linuxProcesses({ proc });
  } catch {
    return [];
  }
}
