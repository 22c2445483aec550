import type { GateParserName, TestCounts } from '../domain/validation.ts';

/** A command that says whether the work is good. The engine runs it after the worker, never through a shell. */
export interface TaskGate {
  /** One line, in the list only once. */
  readonly name: string;
  /** Program and arguments; a string is split into words as a shell would, nothing expanded. */
  readonly command: string | readonly string[];
  /** An existing folder, relative to the workspace. Absent: the workspace. */
  readonly cwd?: string;
  /** Then it is ended whole. Default 600. */
  readonly timeoutSeconds?: number;
  /** The exit code that means it is passed. Default 0. */
  readonly expects?: number;
  /** Reads how many tests ran: none at all is not passed, whatever the exit code. Absent: the exit code alone counts. */
  readonly parser?: GateParserName | ((run: GateRun) => GateReading | Promise<GateReading>);
  /** What the parser reads instead of the output: a file, relative to `cwd`, that the command writes anew. */
  readonly report?: string;
  /** 1: it may fail once. Default 0. */
  readonly retries?: 0 | 1;
}

/** What a parser of the task's own is told. */
export interface GateRun {
  /** What it printed on both streams, without colors; of very much, the beginning and the end. Or the `report`. */
  readonly output: string;
  readonly exitCode: number | null;
}

/** What it makes of that: whether the gate is passed, or how many tests there were. */
export type GateReading =
  | boolean
  | TestCounts
  | { readonly passed: boolean; readonly reason?: string };

/** A gate, checked and in one form. */
export interface Gate {
  readonly name: string;
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly expects: number;
  readonly parser: GateParserName | ((run: GateRun) => unknown) | null;
  /** Absolute; null: the output is read. */
  readonly report: string | null;
  readonly retries: number;
}
