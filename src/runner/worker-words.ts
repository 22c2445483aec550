import { loadAgent } from '../agents/load-agent.ts';

/** What a person wants to read of a line that an agent printed; null where it is of no interest. */
export type WorkerWords = (line: string) => string | null;

export async function loadWorkerWords(agent: string): Promise<WorkerWords> {
  const { describeLine } = await loadAgent(agent);
  return describeLine;
}
