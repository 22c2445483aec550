import { createServer } from 'node:http';
import { listenOnLoopback } from '../../mocks/model-api/listen-on-loopback.ts';

/** How a service that speaks no Messages API refuses whatever it is asked. */
export interface Refusal {
  readonly status: number;
  readonly body: unknown;
}

export interface RefusingService extends AsyncDisposable {
  readonly origin: string;
}

export async function startRefusingService({ status, body }: Refusal): Promise<RefusingService> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const { origin, close } = await listenOnLoopback(server);
  return { origin, [Symbol.asyncDispose]: close };
}

/** A port of loopback on which nobody listens. */
export async function closedPort(): Promise<string> {
  await using service = await startRefusingService({ status: 500, body: null });
  return service.origin;
}
