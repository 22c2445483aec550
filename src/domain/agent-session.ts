import type { Spent } from './tokens.ts';

/** A conversation of an agent that another attempt may go on with. */
export interface AgentSession {
  readonly id: string;
  /** What its agent counts over all attempts of it; nothing where it counts each attempt alone. */
  readonly spent: Spent;
}
