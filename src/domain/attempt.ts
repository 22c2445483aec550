import type { AgentSession } from './agent-session.ts';
import type { Budget } from './cap.ts';
import type { Outcome } from './outcome.ts';
import type { Price } from './price.ts';
import type { ProcessIdentity } from './process-identity.ts';
import type { Spent, Tokens } from './tokens.ts';

/** Which attempt of which iteration; both count from 1, iterations for ever. */
export interface AttemptKey {
  readonly iteration: number;
  readonly attempt: number;
}

/** A program to run, never through a shell. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

/** What the runner hands to the isolation layer, in one frame on its stdin. Never on disk: it holds the prompt and the environment. */
export interface AttemptOrder extends AttemptKey {
  readonly format: 1;
  readonly attemptId: string;
  readonly runId: string;
  readonly loop: string;
  readonly task: string;
  readonly target: string | null;
  /** Adapter that reads the output: `claude`, `command`, … */
  readonly agent: string;
  readonly command: Command;
  /** The agent's whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** What the agent reads on stdin. */
  readonly stdin: string;
  /** Absolute path of `iterations/NNNNNN/attempt-K`. */
  readonly directory: string;
  /** Absolute path of `iterations/NNNNNN.log`; appended to. */
  readonly logFile: string;
  /** Files that the agent takes settings from: name → content, put into `directory`. */
  readonly files: Readonly<Record<string, string>>;
  /** Wall clock of the attempt. */
  readonly timeoutMs: number;
  /** 0: off. */
  readonly idleTimeoutMs: number;
  /** TERM to KILL. */
  readonly graceMs: number;
  /** How long the agent may live on after its final result. */
  readonly lingerMs: number;
  readonly limits: TreeLimits;
  /** What the attempt may cost; passed, its worker is ended. */
  readonly budget: Budget;
  /** What tokens cost, for an agent that tells no cost; null: not known. */
  readonly price: Price | null;
  /** What the agent goes on with; null: it begins anew. */
  readonly session: AgentSession | null;
  /** What the agent's command is put behind, so that its tree is the kernel's to end; null: base supervision. */
  readonly namespace: Command | null;
  /** The log ends where less than so many MB are free on its disk; 0: nowhere. */
  readonly minFreeMb: number;
  /** Of the log more is not kept: its head and its tail are. 0: no limit. */
  readonly logMaxBytes: number;
  /** Values that must never be kept. */
  readonly secrets: readonly { readonly name: string; readonly value: string }[];
}

/** What a worker's whole tree may take. 0: no limit. */
export interface TreeLimits {
  readonly memoryBytes: number;
  readonly processes: number;
  /** Of each process. */
  readonly openFiles: number;
  readonly cpuSeconds: number;
  /** From -20 to 19, as nice(1) has it. */
  readonly nice: number;
}

/** What a tree took at its peak, as it was looked at about once a second; null: it ended before anybody looked. */
export interface TreeUsage {
  readonly peakMemoryBytes: number | null;
  readonly peakProcesses: number | null;
  /** Of all its processes together. */
  readonly cpuSeconds: number | null;
}

/** `claim.json`: who plays this attempt. Created once, by link(2); whoever comes second leaves. */
export interface AttemptClaim {
  readonly format: 1;
  readonly attemptId: string;
  /** The isolation layer; null where a runner fenced the attempt off before one began. */
  readonly isolation: ProcessIdentity | null;
  readonly agent: string;
  readonly startedAtEpochMs: number;
  readonly deadlineEpochMs: number;
  readonly idleTimeoutMs: number;
  readonly graceMs: number;
  readonly supervision: Supervision;
  /** What it may cost; a claim of before there were budgets has none. */
  readonly budget?: Budget;
}

/** How the worker's tree is owned: `strict` in a PID namespace, `base` by group and sweep. */
export type Supervision = 'strict' | 'base';

/** `result.json`: how the attempt ended. Created once, by link(2); already redacted. */
export interface AttemptResult {
  readonly format: 1;
  readonly attemptId: string;
  readonly outcome: Outcome;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly startedAtEpochMs: number;
  readonly endedAtEpochMs: number;
  /** null: the agent does not tell. */
  readonly costUsd: number | null;
  /** The cost was worked out from tokens and a price table. */
  readonly costIsEstimated?: boolean;
  readonly tokens: Tokens | null;
  readonly turns: number | null;
  readonly model: string | null;
  /** null: it has none that can be gone on with. */
  readonly sessionId: string | null;
  /** What the agent counts over all attempts of the session. */
  readonly sessionSpent?: Spent;
  /** Names of tools that were denied. */
  readonly denials: readonly string[];
  /** When a usage limit ends, epoch ms; null: not told. */
  readonly limitResetEpochMs: number | null;
  /** The agent's last words, at most 8,000 characters. */
  readonly finalMessage: string;
  /** Why it is this outcome, one line. */
  readonly reason: string;
  /** Names of the processes ended after the agent itself; of very many, the first and how many more. */
  readonly swept: readonly string[];
  readonly usage: TreeUsage;
  readonly outputBytes: number;
}

/**
 * Whether the isolation layer that played it is as it was before: it goes on to the next attempt then, and leaves else.
 * The layer and its runner both go by this.
 */
export function leavesNothingBehind({ outcome, swept, outputBytes }: AttemptResult): boolean {
  return swept.length === 0 && outputBytes < MOST_BYTES && !DISTURBING.includes(outcome);
}

/** What more output grows is given back by ending. */
const MOST_BYTES = 1_000_000;
const DISTURBING: readonly Outcome[] = [
  ...(['killed', 'timed_out', 'idle_timed_out', 'interrupted', 'unknown'] as const),
  ...(['worker_unavailable', 'resource_exceeded', 'budget_exceeded'] as const),
];

/** A name unique for ever; the worker sees it as `AUTOLOOP_ATTEMPT_ID`. */
export function attemptId(runId: string, key: AttemptKey): string {
  return `${runId}-${key.iteration}-${key.attempt}`;
}
