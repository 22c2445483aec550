import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** Reads each request and has it answered; one that cannot be read gets a 400 with the reason. */
export function requestListener<Request>(
  read: (incoming: IncomingMessage) => Promise<Request>,
  answer: (request: Request, response: ServerResponse) => Promise<void>,
): RequestListener {
  return (incoming, response) => {
    void read(incoming).then(
      (request) => answer(request, response),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  };
}
