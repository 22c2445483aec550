import type { Outcome } from '../../outcome.ts';

/** What prompts are told of the iterations before them, beside the figures; bounded, whatever their number. */
export interface Memory {
  /** Gates that failed the last time they ran, the newest last. */
  readonly gates: readonly FailingGate[];
  /** By name; iterations without a target count as one named ''. */
  readonly targets: Readonly<Record<string, TargetMemory>>;
}

export interface FailingGate {
  readonly gate: string;
  readonly iteration: number;
  /** Why; empty: not told. */
  readonly reason: string;
}

/** What agents left behind on one target. */
export interface TargetMemory {
  /** The last ones, newest first. */
  readonly iterations: readonly RememberedIteration[];
  /** What did not pass in the last iteration whose work was judged. */
  readonly gates: readonly FailingGate[];
  /** What the last report says is still open. */
  readonly issues: readonly string[];
  /** Newest first. */
  readonly lessons: readonly string[];
}

export interface RememberedIteration {
  readonly iteration: number;
  readonly outcome: Outcome;
  /** What the agent said it did, in a line. */
  readonly said: string;
  /** Why it ended so; empty: it succeeded, or nobody told. */
  readonly reason: string;
}

export const NO_MEMORY: Memory = { gates: [], targets: {} };

/** null: nothing is remembered of it. */
export function memoryOf(memory: Memory, target: string | null): TargetMemory | null {
  const name = target ?? '';
  return Object.hasOwn(memory.targets, name) ? (memory.targets[name] ?? null) : null;
}
