import { asFailure, ModelFailure, noOllama } from './model-failure.ts';
import { post } from './post.ts';

export interface ModelPlace {
  /** OLLAMA_HOST. */
  readonly host: string;
  readonly model: string;
  readonly signal: AbortSignal;
}

/** Resolves where Ollama answers and its model can write text. Throws ModelFailure. */
export async function checkModel({ host, model, signal }: ModelPlace): Promise<void> {
  try {
    const answer = await post('/api/show', { host, model, body: {}, signal });
    const capabilities = capabilitiesIn(await shortJson(answer));
    if (capabilities !== null && !capabilities.includes('completion')) {
      throw new ModelFailure('cannot', `the model "${model}" cannot write text`);
    }
  } catch (error) {
    throw asFailure(error);
  }
}

/** Templates and licences are told, too. */
const MOST_BYTES = 5_000_000;

async function shortJson(answer: AsyncIterable<Uint8Array>): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of answer) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MOST_BYTES) {
      throw noOllama();
    }
  }
  try {
    return JSON.parse(text);
  } catch {
    throw noOllama();
  }
}

/** null: a version that does not tell. */
function capabilitiesIn(shown: unknown): readonly unknown[] | null {
  if (typeof shown !== 'object' || shown === null || !('details' in shown)) {
    throw noOllama();
  }
  const told: unknown = 'capabilities' in shown ? shown.capabilities : null;
  return Array.isArray(told) ? told : null;
}
