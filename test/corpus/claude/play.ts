import type { AgentRequest } from '../../../src/agents/agent.ts';

/** One run of the real Claude Code, started as its adapter plans it. */
export interface Play {
  /** Of the mock: built in, or of `scenarios.ts`. */
  readonly scenario: string;
  /** What is asked of the adapter beside `usualRequest`. */
  readonly wishes?: Partial<AgentRequest>;
  /** Behind the arguments of the plan. */
  readonly args?: readonly string[];
  /** Beats the plan's own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly prompt?: string;
  /** Nobody listens where the model should be. */
  readonly isRefused?: boolean;
  readonly signal?: SignalAt;
  /** A run before it, in the same home. */
  readonly after?: Play;
}

export interface SignalAt {
  readonly name: NodeJS.Signals;
  readonly at: Moment;
}

/** `request`: it waits for its first answer; `tool`: the tool of the scenario runs, and has written its pid to `started`; `result`: it has printed a result. */
export type Moment = 'request' | 'tool' | 'result';

/** What autoloop asks for where nobody says otherwise. */
export const usualRequest: AgentRequest = {
  maxTurns: 80,
  model: null,
  allowedTools: ['Read', 'Write', 'Edit', 'Bash', 'LS', 'Glob', 'Grep'],
  permissionMode: 'acceptEdits',
  timeoutMs: 1_800_000,
  asRoot: process.getuid?.() === 0,
  resumes: null,
  budgetUsd: null,
};
