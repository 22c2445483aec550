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
  readonly #told = new Set<Excess['kind']>();

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
      const excess = this.look(tree()).find(({ kind }) => !this.#told.has(kind));
      if (excess) {
        this.#told.add(excess.kind);
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

  /** What is exceeded now, what cannot wait first. */
  look(tree: ProcessTree | null): readonly Excess[] {
    const look = tree?.look();
    if (!look || look.members.length === 0) {
      return [];
    }
    const resident = sum(look.members, ({ residentBytes }) => residentBytes);
    this.#usage = {
      peakMemoryBytes: Math.max(this.#usage.peakMemoryBytes ?? 0, resident),
      peakProcesses: Math.max(this.#usage.peakProcesses ?? 0, look.members.length),
      cpuSeconds: Math.max(this.#usage.cpuSeconds ?? 0, Math.round(look.cpuSeconds * 100) / 100),
    };
    return this.#excesses(look, resident);
  }

  #excesses(look: TreeLook, resident: number): readonly Excess[] {
    const { memoryBytes, processes, cpuSeconds } = this.#limits;
    const isTight = memoryBytes > 0 && resident > memoryBytes;
    const found = [
      { kind: 'processes', value: look.members.length, limit: processes },
      { kind: 'memory', value: isTight ? proportionalBytes(look) : 0, limit: memoryBytes },
      { kind: 'cpu', value: look.cpuSeconds, limit: cpuSeconds },
    ] as const;
    return found.filter(({ value, limit }) => limit > 0 && value > limit);
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
