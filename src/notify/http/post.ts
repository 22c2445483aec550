import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Environment } from '../../domain/environment.ts';
import { proxiedAgent } from './proxied-agent.ts';

export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  /** For its proxy. */
  readonly environment: Environment;
}

export interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly retryAfter: string | null;
  /** The beginning of what was answered, where it is no success. */
  readonly text: string;
}

const KEPT = 500;

/** One request on a connection of its own; of the answer little is read. Rejects where there is none. */
export function post({ url, headers, body, signal, environment }: Post): Promise<Answer> {
  const send = url.protocol === 'https:' ? secureRequest : plainRequest;
  const length = String(Buffer.byteLength(body));
  return new Promise((resolve, reject) => {
    const request = send(url, {
      ...{ method: 'POST', agent: proxiedAgent(url, environment), signal },
      headers: { ...headers, 'content-length': length },
    });
    request.on('error', reject);
    request.on('response', (response) => void readAnswer(response).then(resolve, reject));
    request.end(body);
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const { statusCode: status = 0, headers } = response;
  const isGood = status >= 200 && status < 300;
  const text = isGood ? '' : await beginningOf(response);
  response.on('error', () => {}).destroy();
  const { location = null, 'retry-after': retryAfter = null } = headers;
  return { status, location, retryAfter, text };
}

/** What breaks off is as good as what was read. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  let text = '';
  try {
    for await (const chunk of response.setEncoding('utf8')) {
      text += String(chunk);
      if (text.length >= KEPT) {
        break;
      }
    }
  } catch {
    // The status says enough.
  }
  return text.slice(0, KEPT);
}
