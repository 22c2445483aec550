import { ModelFailure } from './model-failure.ts';
import { ollamaAddress } from './ollama-address.ts';

export interface Call {
  /** OLLAMA_HOST. */
  readonly host: string;
  readonly model: string;
  /** What else the call says. */
  readonly body: object;
  readonly signal: AbortSignal;
}

/** The answer of Ollama, not read yet. Throws ModelFailure where it is none, and what fetch throws. */
export async function post(path: string, { host, model, body, signal }: Call): Promise<Response> {
  const response = await fetch(ollamaAddress(host, path), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, ...body }),
    redirect: 'error',
    signal,
  });
  if (response.ok) {
    return response;
  }
  const told = await errorIn(response);
  throw response.status === 404 && /not found/i.test(told)
    ? new ModelFailure('missing', `there is no model "${model}"; fetch it: ollama pull ${model}`)
    : new ModelFailure(`status ${response.status}`, `it answered with ${response.status}: ${told}`);
}

const LONGEST_TOLD = 200;

async function errorIn(response: Response): Promise<string> {
  const text = await firstText(response);
  const told = /"error"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text;
  return told.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_TOLD).toWellFormed();
}

/** Of what may never end. */
async function firstText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > 4_000) {
      break;
    }
  }
  return text;
}
