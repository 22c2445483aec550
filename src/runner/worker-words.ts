import { findAgent } from '../agents/find-agent.ts';

/** What a person wants to read of a line that this agent printed; null where it is of no interest. */
export function workerWords(agent: string, line: string): string | null {
  return findAgent(agent).describeLine(line);
}
