/** What the engine itself looks at before it accepts a worker's work. */

/** How the output of a known tool tells how many tests there were. */
export const GATE_PARSERS = ['tap', 'junit', 'vitest', 'jest', 'pytest', 'go'] as const;
export type GateParserName = (typeof GATE_PARSERS)[number];

/** How often a tool says its tests went which way. */
export interface TestCounts {
  /** Skipped ones did not run. */
  readonly ran: number;
  readonly failed: number;
}

/** How one gate was passed, or not; redacted and bounded. */
export interface ValidationVerdict {
  readonly gate: string;
  readonly passed: boolean;
  /** Why not; null: it passed. */
  readonly reason: string | null;
  /** null: nobody counted. */
  readonly tests: TestCounts | null;
  /** It did not pass the first time. */
  readonly retried: boolean;
}

/** And how long its last run took. */
export interface TimedVerdict extends ValidationVerdict {
  readonly seconds: number;
}

/** A gate that is being run. */
export interface RunningGate {
  readonly gate: string;
  /** Counts from 1. */
  readonly number: number;
  /** How many there are. */
  readonly of: number;
  /** How many of those before it were not passed. */
  readonly failed: number;
  readonly sinceEpochMs: number;
}

/** A gate that the last work on a target did not pass: what its next prompt is told. */
export interface FailedGate {
  readonly name: string;
  readonly reason: string;
  /** The end of what it printed. */
  readonly output: string;
}

/** What the next prompt of a target is told of the last work on it. */
export interface FailedValidation {
  /** null: the loop has no targets. */
  readonly target: string | null;
  readonly iteration: number;
  /** Where that work is kept, as git names it; null: it still lies in the workspace. */
  readonly takenBackTo: string | null;
  readonly gates: readonly FailedGate[];
}
