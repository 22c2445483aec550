import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Reply } from './replies.ts';
import { sendJson, show } from './frames.ts';

/** A question that reached `/api/generate`. */
export interface Asked {
  readonly model: string;
  readonly system: string;
  readonly prompt: string;
  readonly stream: boolean;
  readonly options: Readonly<Record<string, unknown>>;
  /** Resolves when whoever asked does not listen any more, or has his answer. */
  readonly over: Promise<unknown>;
}

/** A mock of Ollama's HTTP API, on a port of the loopback: version, tags, show and generate. */
export interface Ollama {
  /** For OLLAMA_HOST. */
  readonly host: string;
  readonly asked: readonly Asked[];
  /** Paths of all requests. */
  readonly paths: readonly string[];
  /** How the next questions are answered; the last way stands. */
  reply(...replies: readonly Reply[]): void;
  close(): Promise<void>;
}

export interface OllamaFacts {
  /** Name → what it can do. */
  readonly models?: Readonly<Record<string, readonly string[]>>;
}

export async function startOllama({
  models = { tiny: ['completion'] },
}: OllamaFacts = {}): Promise<Ollama> {
  const asked: Asked[] = [];
  const paths: string[] = [];
  let replies: readonly Reply[] = [];
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    ...{ host: `127.0.0.1:${port}`, asked, paths },
    reply: (...next) => (replies = next),
    close: async () => {
      if (server.listening) {
        server.close();
        server.closeAllConnections();
        await once(server, 'close');
      }
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    paths.push(path);
    if (request.method === 'GET' && path === '/api/version') {
      return sendJson(response, 200, { version: '0.12.6' });
    }
    if (request.method === 'GET' && path === '/api/tags') {
      return sendJson(response, 200, { models: Object.keys(models).map((name) => ({ name })) });
    }
    if (path !== '/api/show' && path !== '/api/generate') {
      return void response
        .writeHead(404, { 'content-type': 'text/plain' })
        .end('404 page not found');
    }
    if (request.method !== 'POST') {
      return void response.writeHead(405).end('405 method not allowed');
    }
    const over = once(response, 'close');
    const body = parsed(await text(request));
    if (body === null) {
      return sendJson(response, 400, { error: 'missing request body' });
    }
    const name = named(body['model']);
    const capabilities = models[name];
    if (!capabilities) {
      return sendJson(response, 404, { error: `model '${name}' not found` });
    }
    if (path === '/api/show') {
      return sendJson(response, 200, show(capabilities));
    }
    asked.push({
      ...{ model: name, system: String(body['system']), prompt: String(body['prompt']), over },
      ...{ stream: body['stream'] !== false, options: { ...Object(body['options']) } },
    });
    const [reply, ...rest] = replies;
    replies = rest.length > 0 ? rest : replies;
    await reply?.(response, name);
  }
}

function named(model: unknown): string {
  return typeof model === 'string' ? model.replace(/:latest$/, '') : '';
}

function parsed(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
