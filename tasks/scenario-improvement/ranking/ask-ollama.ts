import { ollamaAddress } from './ollama-address.ts';

export interface OllamaQuestion {
  /** Of OLLAMA_HOST. */
  readonly host: string;
  readonly model: string;
  readonly prompt: string;
  /** JSON schema of the answer. */
  readonly format: object;
  /** For all of it. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const MOST_BYTES = 1_000_000;

/** What the model says. Throws where it does not answer in time, or not as Ollama does. */
export async function askOllama(question: OllamaQuestion): Promise<string> {
  const { host, model, prompt, format, timeoutMs, signal } = question;
  const body = { model, prompt, format, stream: false, options: { temperature: 0 } };
  const isOver = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(ollamaAddress(host), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.any([signal, isOver]),
    });
    const text = await boundedText(response);
    if (!response.ok) {
      throw new Error(`it answered with ${response.status}: ${text.trim().slice(0, 200)}`);
    }
    return answerIn(text);
  } catch (error) {
    throw isOver.aborted ? new Error(`no answer within ${timeoutMs / 1000} s`) : reasonOf(error);
  }
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_BYTES) {
      throw new Error(`it answered with more than ${MOST_BYTES} bytes`);
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answerIn(text: string): string {
  const answer: unknown = JSON.parse(text);
  const response: unknown =
    typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'response') : null;
  if (typeof response !== 'string') {
    throw new TypeError('it answered without a response');
  }
  return response;
}

/** What fetch says is the cause of its "fetch failed". */
function reasonOf(error: unknown): Error {
  if (error instanceof SyntaxError) {
    return new Error('it answered with something that is no JSON');
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const words = cause instanceof Error ? cause.message || code : String(cause);
  return new Error(words || 'it cannot be reached');
}
