import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { CONTENT_TYPES, type TextFormat } from './open-metrics.ts';

export interface MetricsServerFacts {
  readonly port: number;
  readonly text: (format: TextFormat) => string;
  /** It cannot listen. */
  readonly failed: (error: Error) => void;
  readonly listening: () => void;
}

/**
 * `GET /metrics` on 127.0.0.1. Nothing in it is secret, but it is no page: a request by another name than loopback's, as
 * after a rebound DNS name, or on behalf of a web page, is refused. It keeps no process alive.
 */
export class MetricsServer {
  readonly #facts: MetricsServerFacts;
  readonly #server: Server;
  #isTried = false;
  #isOver = false;

  constructor(facts: MetricsServerFacts) {
    this.#facts = facts;
    this.#server = createServer(LIMITS, (request, response) => this.#answer(request, response));
    this.#server.maxConnections = MOST_CONNECTIONS;
    this.#server.unref();
    this.#server.on('error', (error) => {
      this.#isTried = false;
      facts.failed(error);
    });
    this.#server.on('listening', () => facts.listening());
  }

  /** Again where it could not before. */
  listen(): void {
    if (!this.#isTried && !this.#isOver) {
      this.#isTried = true;
      this.#server.listen(this.#facts.port, '127.0.0.1');
    }
  }

  close(): void {
    this.#isOver = true;
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    response.on('error', () => {});
    request.on('error', () => {});
    const refusal = refusalOf(request);
    if (refusal !== null) {
      const [code, text] = refusal;
      response.writeHead(code, { ...PLAIN, ...(code === 405 && { Allow: 'GET, HEAD' }) });
      response.end(`${text}\n`);
      return;
    }
    try {
      const format = formatFor(request.headers.accept);
      const text = this.#facts.text(format);
      response.writeHead(200, {
        ...HEADERS,
        'Content-Type': CONTENT_TYPES[format],
        'Content-Length': Buffer.byteLength(text),
      });
      response.end(request.method === 'HEAD' ? '' : text);
    } catch {
      response.writeHead(500, PLAIN).end('The metrics cannot be told.\n');
    }
  }
}

const MOST_CONNECTIONS = 16;
const LIMITS = {
  ...{ headersTimeout: 5_000, requestTimeout: 5_000, keepAliveTimeout: 5_000 },
  ...{ maxHeaderSize: 8_192, connectionsCheckingInterval: 5_000 },
};
const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  Vary: 'Accept',
};
const PLAIN = { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' };

function refusalOf({ headers, method, url }: IncomingMessage): readonly [number, string] | null {
  if (!LOOPBACK.test(headers.host ?? '')) {
    return [403, 'Only by the name of this machine: http://127.0.0.1/metrics'];
  }
  if (headers.origin !== undefined) {
    return [403, 'Not for web pages.'];
  }
  if ((url ?? '').split('?')[0] !== '/metrics') {
    return [404, 'Only /metrics is here.'];
  }
  return method === 'GET' || method === 'HEAD' ? null : [405, 'Only GET and HEAD.'];
}

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/** OpenMetrics where it is asked for; a browser or curl gets what is readable as plain text. */
function formatFor(accept: string | undefined): TextFormat {
  return accept?.includes('application/openmetrics-text') ? 'openmetrics' : 'prometheus';
}
