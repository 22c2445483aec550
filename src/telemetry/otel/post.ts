import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import type { SignalOptions } from './otel-options.ts';

export interface PostRequest {
  readonly options: Pick<SignalOptions, 'url' | 'headers' | 'timeoutMs' | 'tls'>;
  /** `Content-Type`, `Content-Encoding`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Ends it at once. */
  readonly signal: AbortSignal;
}

/** `later`: the same may be taken when it is sent again. `refused`: never. */
export type PostAnswer =
  | { readonly kind: 'taken'; readonly body: Buffer }
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs: number | null }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * One POST, over within its time whatever the other side does. No redirect is followed, as headers hold keys, and of an
 * answer only its beginning is read. Never rejects.
 */
export function post(request: PostRequest): Promise<PostAnswer> {
  const { promise, resolve } = Promise.withResolvers<PostAnswer>();
  const later = (reason: string): void => resolve({ kind: 'later', reason, afterMs: null });
  try {
    const sent = open(request);
    const { timeoutMs } = request.options;
    const timer = setTimeout(() => {
      later(`no answer within ${timeoutMs} ms`);
      sent.destroy();
    }, timeoutMs).unref();
    sent.on('error', (error) => later(reasonOf(error)));
    sent.on('close', () => {
      clearTimeout(timer);
      later('the connection was closed');
    });
    sent.on('response', (response) => readAnswer(response, resolve));
    sent.end(request.body);
  } catch (error) {
    later(reasonOf(error));
  }
  return promise;
}

/** Node's part for TLS is loaded where it is needed; `import()` would load that for ES modules along. */
function open({ options, headers, body, signal }: PostRequest): ClientRequest {
  const { url, tls } = options;
  const isSecure = url.protocol === 'https:';
  const request = isSecure ? process.getBuiltinModule('node:https').request : requestHttp;
  return request(url, {
    method: 'POST',
    agent: false,
    signal,
    ...(isSecure && tls),
    headers: {
      'User-Agent': 'autoloop-otlp',
      ...options.headers,
      ...headers,
      'Content-Length': body.length,
    },
  });
}

/** What was taken is taken, even where its answer is endless. */
function readAnswer(response: IncomingMessage, resolve: (answer: PostAnswer) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  const answer = (): void => {
    resolve(answerOf(response, length > LONGEST_ANSWER ? EMPTY : Buffer.concat(chunks)));
    response.destroy();
  };
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LONGEST_ANSWER) {
      answer();
    }
  });
  response.on('end', answer);
  response.on('error', answer);
}

const LONGEST_ANSWER = 64_000;
const EMPTY = Buffer.alloc(0);

function answerOf({ statusCode = 0, headers }: IncomingMessage, body: Buffer): PostAnswer {
  if (statusCode >= 200 && statusCode < 300) {
    return { kind: 'taken', body };
  }
  const reason = `HTTP ${statusCode}`;
  return RETRYABLE.has(statusCode)
    ? { kind: 'later', reason, afterMs: afterMs(headers['retry-after']) }
    : { kind: 'refused', reason };
}

/** As the protocol names them. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Seconds; a date is as good as nothing. */
function afterMs(written: string | undefined): number | null {
  return written !== undefined && /^\d{1,6}$/.test(written) ? Number(written) * 1000 : null;
}

function reasonOf(error: unknown): string {
  if (error instanceof Error) {
    return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  }
  return String(error);
}
