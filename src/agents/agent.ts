import type { AgentSession } from '../domain/agent-session.ts';
import type { Environment } from '../domain/environment.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Spent, Tokens } from '../domain/tokens.ts';

/** Everything autoloop knows about one agent CLI: data and small pure functions. Runs in the runner (plan) and in the isolation layer (reader). */
export interface Agent {
  readonly name: string;
  /** Program looked up on PATH where `--agent-command` names none; null: the command must be given. */
  readonly program: string | null;
  readonly tellsCost: boolean;
  readonly tellsTokens: boolean;
  /** It can go on with the session of an attempt that broke off. */
  readonly resumesSessions: boolean;
  /** Default of `--idle-timeout`, seconds; 0: off. */
  readonly idleTimeoutSeconds: number;
  /** Any output restarts the idle clock; false: only what its reader takes for life. */
  readonly bytesAreLife: boolean;
  /** What `--permission-mode` may be with this agent; null: it has no such thing. Checked before any worker starts. */
  readonly permissionModes: readonly string[] | null;
  /** Secret-like variables that are its own login: not withheld from it. */
  readonly loginVariables: readonly string[];
  /** Which key or login will be billed, never its value; null: none that it knows of. */
  account(env: Environment): string | null;
  plan(request: AgentRequest): AgentPlan;
  /** `resumed`: the session this attempt goes on with. */
  createReader(resumed?: AgentSession | null): AgentReader;
  /** A line of kept output as a person wants to read it; null: nothing to show. Never throws. */
  readonly describeLine: (line: string) => string | null;
}

export interface AgentRequest {
  readonly maxTurns: number;
  readonly model: string | null;
  readonly allowedTools: readonly string[];
  readonly permissionMode: string;
  /** The attempt's whole wall clock. */
  readonly timeoutMs: number;
  /** The worker runs as root. */
  readonly asRoot: boolean;
  /** Id of the session to go on with; null: begin a new one. */
  readonly resumes: string | null;
  /** What the attempt may cost, for agents that keep such a limit themselves; null: anything. */
  readonly budgetUsd: number | null;
}

export type { AgentSession };

export interface AgentPlan {
  /** Arguments behind the program's own leading ones. The prompt goes to stdin. */
  readonly args: readonly string[];
  /** Variables the adapter sets; the user's `--pass-env` beats them. */
  readonly env: Readonly<Record<string, string>>;
  /** Files it needs, by name: written, for its user alone, into the attempt's folder, which `{attemptDir}` in `args` and `env` stands for. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Reads one attempt's output as it comes. No method throws, whatever comes. */
export interface AgentReader {
  /** What this attempt has cost up to the last line read; at the end the verdict knows it better. */
  readonly spent: Spent;
  /** One line of stdout, without its newline, at most 4 MiB (longer ones are cut). */
  read(line: string): LineMeaning;
  /** Judges by the last terminal event, then by exit code or signal. What we did to it is not its business. */
  conclude(exit: AgentExit): AgentVerdict;
}

export interface LineMeaning {
  /** false for retry notices: bytes, yet no sign of progress. */
  readonly life: boolean;
  /** A final result has been seen; the agent should exit now. Taken back when it works on. */
  readonly final: boolean;
  /** Tool calls begun and not ended: the idle clock stands still while there are any. */
  readonly openTools: number;
}

/** Where we ended an agent that lived on after its final result, it is told as exit code 0: the result stands. */
export interface AgentExit {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Last 4,000 characters. */
  readonly stderrTail: string;
  /** Last 8,000 characters of stdout. */
  readonly stdoutTail: string;
  /** For words such as "try again at 5:53 AM". */
  readonly endedAtEpochMs: number;
}

export interface AgentVerdict {
  readonly outcome: Outcome;
  /** Why, one line. */
  readonly reason: string;
  /** Of this attempt alone. */
  readonly costUsd: number | null;
  readonly tokens: Tokens | null;
  /** What its agent counts over all attempts of its session: to be subtracted from what the next one tells. */
  readonly sessionSpent: Spent;
  readonly turns: number | null;
  readonly model: string | null;
  readonly sessionId: string | null;
  readonly denials: readonly string[];
  readonly limitResetEpochMs: number | null;
  readonly finalMessage: string;
}
