import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { AutoloopError, EXIT } from '../../domain/error.ts';
import { checkOrigin } from './check-origin.ts';
import { findRoute } from './find-route.ts';
import { Refusal } from './refusal.ts';
import type { Route, Upgrade } from './route.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { isToken } from './token.ts';

export interface PageServerParts {
  readonly token: string;
  /** null: any that is free. */
  readonly port: number | null;
  readonly routes: readonly Route[];
  readonly upgrades?: readonly Upgrade[];
  /** Hears of what is a bug of ours; whoever asked is told only that there is one. */
  readonly failed: (error: unknown) => void;
  /** How long a connection may say nothing, as long as nothing was asked over it. */
  readonly patienceMs?: number;
}

const MOST_CONNECTIONS = 100;
/** Who only holds connections would keep everybody else out. */
const PATIENCE_MS = 10_000;

/** Answers on the loopback address, and only to who has the token or asks for a page without data. */
export class PageServer {
  readonly #parts: PageServerParts;
  readonly #server: Server;
  readonly #upgraded = new Set<Duplex>();
  #port = 0;

  constructor(parts: PageServerParts) {
    this.#parts = parts;
    const patience = parts.patienceMs ?? PATIENCE_MS;
    const bounds = { headersTimeout: patience, requestTimeout: patience };
    this.#server = createServer(bounds, (request, response) => void this.#serve(request, response));
    this.#server.timeout = patience;
    this.#server.maxConnections = MOST_CONNECTIONS;
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  get port(): number {
    return this.#port;
  }

  /** Throws AutoloopError where it cannot listen there. */
  async listen(): Promise<void> {
    const { port } = this.#parts;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error) => reject(cannotListen(error, port)));
      this.#server.listen({ host: '127.0.0.1', port: port ?? 0 }, resolve);
    });
    this.#port = portOf(this.#server.address());
  }

  /** Whoever is connected is let go of. */
  close(): void {
    this.#server.close();
    this.dropAll();
  }

  /** They may come back. */
  dropAll(): void {
    this.#server.closeAllConnections();
    this.#upgraded.forEach((socket) => socket.destroy());
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // An answer may take its time, as news do.
    request.socket.setTimeout(0);
    response.setHeaders(new Map(Object.entries(SECURITY_HEADERS)));
    try {
      const { pathname, searchParams } = addressOf(request);
      const isShell = this.#parts.routes.some(({ isOpen, path }) => isOpen && path === pathname);
      checkOrigin(request, { port: this.#port, isShell });
      const asked = { method: request.method ?? '', path: pathname };
      const { route, params } = findRoute(this.#parts.routes, asked);
      if (!route.isOpen) {
        this.#checkToken(request);
      }
      await route.answer({ request, response, params, query: searchParams });
    } catch (error) {
      refuse(response, error);
      this.#note(error);
    }
  }

  #note(error: unknown): void {
    if (!(error instanceof Refusal)) {
      this.#parts.failed(error);
    }
  }

  #checkToken({ headers }: IncomingMessage): void {
    const [, given = ''] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? [];
    if (!isToken(given, this.#parts.token)) {
      throw new Refusal(
        401,
        'Open the address that autoloop inspect printed: its token is wanted.',
      );
    }
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    try {
      const { pathname } = addressOf(request);
      checkOrigin(request, { port: this.#port, isShell: false });
      const upgrade = this.#parts.upgrades?.find(({ path }) => path === pathname);
      if (!upgrade) {
        throw new Refusal(404, 'There is nothing here.');
      }
      this.#upgraded.add(socket);
      socket.once('close', () => this.#upgraded.delete(socket));
      upgrade.take(request, socket, head);
    } catch (error) {
      const status = error instanceof Refusal ? error.status : 500;
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      this.#note(error);
    }
  }
}

function addressOf({ url = '/' }: IncomingMessage): URL {
  try {
    return new URL(`http://127.0.0.1${url}`);
  } catch {
    throw new Refusal(400, 'The address is not written as one.');
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const [status, message] =
    error instanceof Refusal
      ? [error.status, error.message]
      : [500, 'This is a bug of autoloop. Its terminal tells where.'];
  // What is still being sent is not waited for.
  response.setHeader('Connection', 'close');
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify({ error: message })}\n`);
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function cannotListen(error: NodeJS.ErrnoException, port: number | null): AutoloopError {
  const isTaken = error.code === 'EADDRINUSE';
  return new AutoloopError({
    code: EXIT.access,
    message: isTaken
      ? `Port ${port} of this machine is taken.`
      : `Port ${port ?? 'any'} of 127.0.0.1 cannot be listened on: ${error.message}.`,
    fix: isTaken
      ? 'Name another one, or leave --port out: then a free one is found.'
      : 'Name one above 1023, or leave --port out: then a free one is found.',
    cause: error,
  });
}
