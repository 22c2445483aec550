import type { RecordedEvent } from '../domain/event.ts';
import type { InspectionBatch, MachineView } from '../domain/inspection.ts';
import type { LoopStatus } from '../domain/loop-status.ts';
import type { TestCounts } from '../domain/validation.ts';

/** What the server tells a page, redacted. Each tells its part whole, but for events and news of a machine. */
export type PageNews =
  | { readonly kind: 'loops'; readonly loops: readonly LoopRow[] }
  /** The chosen one; null: there is none of that name. */
  | { readonly kind: 'loop'; readonly loop: LoopView | null }
  /** As the snapshot has it: no runner tells. */
  | { readonly kind: 'saved'; readonly saved: SavedMachine | null }
  | { readonly kind: 'output'; readonly output: AgentOutput | null }
  /** `isWhole`: these are the last ones, whatever was told before. Oldest first. */
  | {
      readonly kind: 'events';
      readonly events: readonly RecordedEvent[];
      readonly isWhole: boolean;
    }
  | InspectionBatch;

/** What one sees of a loop at a glance. */
export type Tone = 'live' | 'resting' | 'ended' | 'bad';

/** A loop among all of them. */
export interface LoopRow {
  readonly loop: string;
  readonly tone: Tone;
  /** Follow its name: `waits for its next iteration`. */
  readonly words: string;
  readonly iteration: number;
  readonly isRunning: boolean;
}

/** All that is known of the chosen loop but for its machine, its events and what its agent says. */
export interface LoopView {
  readonly loop: string;
  readonly tone: Tone;
  readonly words: string;
  /** null: it cannot be read, as `trouble` tells. */
  readonly status: LoopStatus | null;
  readonly trouble: string | null;
  /** `silent`: it lives and does not answer. */
  readonly runner: 'answers' | 'silent' | 'none';
  /** Why it ended, or is dead; null: neither. */
  readonly why: string | null;
  /** What is in the way of a worker, or why it waits, where the kind of its wait does not say. */
  readonly waitReason: string | null;
  /** What begins or goes on with a run; null: a runner lives. */
  readonly command: string | null;
  readonly caps: readonly CapUse[];
  /** What its figures tell without being asked. */
  readonly notices: readonly string[];
  /** Of the last iteration that was held to any. */
  readonly gates: { readonly iteration: number; readonly runs: readonly GateResult[] } | null;
  /** Oldest first. */
  readonly recent: readonly RecentIteration[];
}

export interface CapUse {
  readonly name: string;
  /** `3 of 20 iterations`. */
  readonly text: string;
  /** 0 to 1; null: it is no amount. */
  readonly part: number | null;
}

export interface GateResult {
  readonly gate: string;
  readonly passed: boolean;
  readonly reason: string | null;
  readonly tests: TestCounts | null;
  readonly seconds: number | null;
}

export interface RecentIteration {
  readonly iteration: number;
  readonly outcome: string;
  readonly group: string;
  readonly target: string | null;
  readonly seconds: number | null;
}

export interface SavedMachine {
  readonly savedAt: string;
  readonly definitionHash: string;
  readonly machine: MachineView;
}

/** The end of what the agents of an iteration said and did, a line each, oldest first. */
export interface AgentOutput {
  readonly iteration: number;
  readonly lines: readonly string[];
}
