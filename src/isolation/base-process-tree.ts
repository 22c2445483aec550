import type { ChildProcess } from 'node:child_process';
import {
  findTree,
  killTree,
  lookAtTree,
  sweepTree,
  type TreeSearch,
} from '../stores/attempt-processes.ts';
import type { AttemptCgroup } from '../stores/attempt-cgroup.ts';
import type { ProcessRow } from '../stores/process-row.ts';
import type { AgentLife, ProcessTree, TreeLook } from './process-tree.ts';
import { sendSignal } from './send-signal.ts';

interface Agent {
  /** Leads its own group and session. */
  readonly child: ChildProcess;
  readonly attemptId: string;
  /** null: it has none. */
  readonly cgroup: AttemptCgroup | null;
}

/**
 * A tree owned by its process group, its descendants and the mark in its environment, which any system has, and by a
 * control group of its own where one can be made.
 */
export class BaseProcessTree implements ProcessTree {
  readonly #child: ChildProcess;
  readonly #attemptId: string;
  readonly #cgroup: AttemptCgroup | null;
  /** Who descends from whom can only be seen while the parents live. */
  #known: readonly ProcessRow[] = [];

  constructor({ child, attemptId, cgroup }: Agent, life: AgentLife) {
    this.#cgroup = cgroup;
    this.#child = child;
    this.#attemptId = attemptId;
    if (child.pid !== undefined) {
      life.created(child.pid);
    }
    child.once('spawn', () => life.started());
    child.once('error', (error) => life.failed(error));
    child.once('exit', (exitCode, signal) => life.exited({ exitCode, signal }));
  }

  terminate(): void {
    this.#known = findTree(this.#search());
    this.#signalGroup('SIGTERM');
    // A stopped process would hear of it only after its grace.
    this.#signalGroup('SIGCONT');
  }

  kill(): void {
    // Who forks without end outruns any look. Stopped, they keep their places in the tree.
    this.#signalGroup('SIGSTOP');
    this.#cgroup?.kill();
    this.#known = findTree(this.#search());
    this.#signalGroup('SIGKILL');
    killTree(this.#search());
  }

  look(): TreeLook {
    this.#known = lookAtTree(this.#search());
    const cpuSeconds = this.#known.reduce((sum, row) => sum + row.cpuSeconds, 0);
    return { members: this.#known, cpuSeconds, proc: '/proc' };
  }

  async settled(drained: Promise<unknown>): Promise<void> {
    await drained;
  }

  sweep(): Promise<readonly string[]> {
    return sweepTree(this.#search());
  }

  #search(): TreeSearch {
    return {
      ...{ attemptId: this.#attemptId, cgroup: this.#cgroup },
      ...{ leader: this.#child.pid ?? 0, known: this.#known },
    };
  }

  #signalGroup(signal: NodeJS.Signals): void {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      sendSignal(-(this.#child.pid ?? 0), signal);
    }
  }
}
