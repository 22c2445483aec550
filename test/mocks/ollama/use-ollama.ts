import { onTestFinished } from 'vitest';
import { startOllama, type Ollama, type OllamaFacts } from './start-ollama.ts';
import type { Reply } from './replies.ts';

/** A mock of Ollama for this test alone. */
export async function useOllama(reply: Reply, facts: OllamaFacts = {}): Promise<Ollama> {
  const ollama = await startOllama(facts);
  ollama.reply(reply);
  onTestFinished(() => ollama.close());
  return ollama;
}
