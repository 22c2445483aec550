import { agentNames } from '../../config/agent-names.ts';
import { loadWorkerWords, type WorkerWords } from '../../runner/worker-words.ts';

/** Agents whose output is read as it is. */
const PLAIN = 'command';

/**
 * How a line that these agents printed is read; null: as it is, since it is text already, or nobody knows who printed it.
 * Who of several printed it, the line itself tells: no other agent's reader makes anything of it.
 */
export async function outputWords(agents: readonly string[]): Promise<WorkerWords | null> {
  const names = [...new Set(agents)].filter((name) => agentNames.includes(name));
  if (names.every((name) => name === PLAIN)) {
    return null;
  }
  const readers = await Promise.all(names.map(loadWorkerWords));
  return (line) => {
    for (const read of readers) {
      const words = read(line);
      if (words !== null) {
        return words;
      }
    }
    return null;
  };
}
