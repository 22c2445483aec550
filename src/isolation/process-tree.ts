import type { ExitFacts } from '../../machines/attempt/context.ts';
import type { ProcessRow } from '../stores/process-row.ts';

/** The agent and all that came from it. */
export interface ProcessTree {
  /** Asks the agent to end. */
  terminate(): void;
  /** Ends the agent and whatever of its tree can be found now. */
  kill(): void;
  /** What can be told of it at little cost. Never throws. */
  look(): TreeLook;
  /** Resolves when what the agent left behind has ended by itself, or can say nothing any more. */
  settled(drained: Promise<unknown>, signal: AbortSignal): Promise<void>;
  /** After the agent's end: ends the rest until nothing is found; the names of what there was. Rejects where one cannot be ended. */
  sweep(): Promise<readonly string[]>;
}

export interface TreeLook {
  readonly members: readonly ProcessRow[];
  /** Of its living and its ended processes, as far as the system tells. */
  readonly cpuSeconds: number;
  /** Where the members' own folders lie. */
  readonly proc: string;
}

/** What becomes of an agent; each is told at most once. */
export interface AgentLife {
  /** The agent, or what is about to start it. */
  created(pid: number): void;
  started(): void;
  /** No agent came up. */
  failed(error: unknown): void;
  exited(exit: ExitFacts): void;
}
