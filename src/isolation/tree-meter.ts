import { readFileSync } from 'node:fs';
import type { Excess } from '../../machines/attempt/context.ts';
import type { TreeLimits, TreeUsage } from '../domain/attempt.ts';
import { errorCode } from '../stores/error-code.ts';
import { monotonicMs } from '../stores/monotonic.ts';
import type { ProcessRow } from '../stores/process-row.ts';
import type { ProcessTree, TreeLook } from './process-tree.ts';

/** What a tree takes, at its peak, and whether that is more than it may. */
export class TreeMeter {
  readonly #limits: TreeLimits;
  #usage: TreeUsage = { peakMemoryBytes: null, peakProcesses: null, cpuSeconds: null };
  #isOver = false;

  constructor(limits: TreeLimits) {
    this.#limits = limits;
  }

  get usage(): TreeUsage {
    return this.#usage;
  }

  /** Looks now and again until the returned cancel is called; tells the first excess. */
  watch(tree: () => ProcessTree | null, tell: (excess: Excess) => void): () => void {
    let timer = setTimeout(step.bind(this), FIRST_LOOK_MS);
    function step(this: TreeMeter): void {
      const begin = monotonicMs();
      const excess = this.look(tree());
      if (excess && !this.#isOver) {
        this.#isOver = true;
        tell(excess);
      }
      const tookMs = monotonicMs() - begin;
      timer = setTimeout(
        step.bind(this),
        Math.max(LOOK_EVERY_MS, Math.min(tookMs * RESTING, LONGEST_REST_MS)),
      );
    }
    return () => clearTimeout(timer);
  }

  look(tree: ProcessTree | null): Excess | null {
    const look = tree?.look();
    if (!look || look.members.length === 0) {
      return null;
    }
    const resident = sum(look.members, ({ residentBytes }) => residentBytes);
    this.#usage = {
      peakMemoryBytes: Math.max(this.#usage.peakMemoryBytes ?? 0, resident),
      peakProcesses: Math.max(this.#usage.peakProcesses ?? 0, look.members.length),
      cpuSeconds: Math.max(this.#usage.cpuSeconds ?? 0, Math.round(look.cpuSeconds * 100) / 100),
    };
    return this.#excess(look, resident);
  }

  #excess(look: TreeLook, resident: number): Excess | null {
    const { memoryBytes, processes, cpuSeconds } = this.#limits;
    const count = look.members.length;
    if (processes > 0 && count > processes) {
      return { kind: 'processes', value: count, limit: processes };
    }
    if (cpuSeconds > 0 && look.cpuSeconds > cpuSeconds) {
      return { kind: 'cpu', value: look.cpuSeconds, limit: cpuSeconds };
    }
    if (memoryBytes === 0 || resident <= memoryBytes) {
      return null;
    }
    const value = proportionalBytes(look);
    return value > memoryBytes ? { kind: 'memory', value, limit: memoryBytes } : null;
  }
}

const FIRST_LOOK_MS = 200;
const LOOK_EVERY_MS = 1_000;
/** Looking takes at most a quarter of a percent of the time. */
const RESTING = 400;
/** Among thousands of processes more, so that an excess does not go on for long. */
const LONGEST_REST_MS = 4_000;

/** What is shared, counted once: the resident sizes of forked processes add up to more than there is. */
function proportionalBytes({ members, proc }: TreeLook): number {
  return sum(
    members,
    (row) => proportionalOf(`${proc}/${row.pid}/smaps_rollup`) ?? row.residentBytes,
  );
}

/** null: this user may not know; 0: it is just ending, and has given its memory back. */
function proportionalOf(path: string): number | null {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(path, 'latin1'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' || code === 'ESRCH' ? 0 : null;
  }
}

function sum(rows: readonly ProcessRow[], amount: (row: ProcessRow) => number): number {
  return rows.reduce((total, row) => total + amount(row), 0);
}
