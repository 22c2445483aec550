import { agentFacts, agentNames } from '../agents/agent-facts.ts';

/** An agent that can be asked for, and the program it needs. */
export interface SupportedAgent {
  readonly name: string;
  /** null: the operator names one. */
  readonly program: string | null;
}

export function supportedAgents(): SupportedAgent[] {
  return agentNames.map((name) => ({ name, program: agentFacts(name).program }));
}
