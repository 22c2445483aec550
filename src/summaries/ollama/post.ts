import { request as overHttp, type IncomingMessage } from 'node:http';
import { request as overHttps } from 'node:https';
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

/**
 * The body of Ollama's answer, not read yet. Throws ModelFailure where it is none, and what the connection throws. Not by
 * `fetch`: its first call takes 17 MB more of a process that waits for days.
 */
export async function post(
  path: string,
  { host, model, body, signal }: Call,
): Promise<AsyncIterable<Uint8Array>> {
  const text = JSON.stringify({ model, ...body });
  const answer = await send(ollamaAddress(host, path), text, signal);
  const { statusCode: status = 0 } = answer;
  if (status === 200) {
    return answer;
  }
  const told = await errorIn(answer);
  throw status === 404 && /not found/i.test(told)
    ? new ModelFailure('missing', `there is no model "${model}"; fetch it: ollama pull ${model}`)
    : new ModelFailure(`status ${status}`, `it answered with ${status}: ${told}`);
}

function send(url: URL, body: string, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const request = url.protocol === 'https:' ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    // No connection is kept: the next question comes minutes later.
    request(url, { method: 'POST', headers, signal, agent: false })
      // Broken off before anybody reads it, it must not end the process; whoever reads it hears of it all the same.
      .on('response', (answer) => resolve(answer.on('error', () => {})))
      .on('error', reject)
      .end(body);
  });
}

const LONGEST_TOLD = 200;

async function errorIn(answer: AsyncIterable<Uint8Array>): Promise<string> {
  const text = await firstText(answer);
  const told = /"error"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text;
  return told.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_TOLD).toWellFormed();
}

/** Of what may never end. */
async function firstText(answer: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of answer) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > 4_000) {
      break;
    }
  }
  return text;
}
