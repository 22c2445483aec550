import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A status, what is done with the response, or `hangs`: nothing is ever answered. */
export type Reply = number | 'hangs' | ((response: ServerResponse) => void);

/** A server on the loopback that keeps what it was sent, and answers as the test says: the last reply for all the rest. */
export class Receiver {
  readonly received: Received[] = [];
  readonly url: string;
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  constructor(port: number) {
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Once so many requests have come. */
  async requests(count: number): Promise<readonly Received[]> {
    if (this.received.length < count) {
      await new Promise<void>((resolve) => this.#waiting.push({ count, resolve }));
    }
    return this.received;
  }

  take(request: Received): void {
    this.received.push(request);
    const due = this.#waiting.filter(({ count }) => this.received.length >= count);
    this.#waiting = this.#waiting.filter(({ count }) => this.received.length < count);
    due.forEach(({ resolve }) => resolve());
  }
}

export async function useReceiver(...replies: readonly Reply[]): Promise<Receiver> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const receiver = new Receiver(typeof address === 'object' ? (address?.port ?? 0) : 0);
  server.on('request', (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const reply = replies[Math.min(receiver.received.length, replies.length - 1)] ?? 200;
      receiver.take({ method, path: url, headers, body });
      answer(response, reply);
    });
  });
  return receiver;
}

function answer(response: ServerResponse, reply: Reply): void {
  if (typeof reply === 'function') {
    reply(response);
  } else if (reply !== 'hangs') {
    response.writeHead(reply).end();
  }
}
