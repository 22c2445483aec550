import type { ServerResponse } from 'node:http';
import type { BreakPoint, ErrorReply, Headers, MessageReply, Reply } from './reply.ts';
import { responseBody } from './response-body.ts';
import { brokenStream, responseStream } from './response-stream.ts';

/** Where a reply goes to. */
export interface Exchange {
  readonly response: ServerResponse;
  readonly model: string;
  readonly isStreaming: boolean;
  /** Unique per exchange. */
  readonly number: number;
}

/** Carries out one reply; a client that has gone meanwhile is no error. */
export function deliverReply(reply: Reply, exchange: Exchange): void {
  if (exchange.response.destroyed) {
    return;
  }
  switch (reply.kind) {
    case 'message':
      return sendMessage(reply, exchange);
    case 'error':
      return sendError(reply, exchange);
    case 'raw':
      return send(exchange, {
        ...reply,
        headers: { 'content-type': 'text/html', ...reply.headers },
      });
    case 'silence':
      return breakOff(reply.after, exchange);
    case 'reset':
      breakOff(reply.after, exchange);
      return reset(exchange);
  }
}

function sendMessage(reply: MessageReply, exchange: Exchange): void {
  const body = responseBody(reply, exchange);
  send(exchange, {
    status: 200,
    body: exchange.isStreaming ? responseStream(body).join('') : JSON.stringify(body),
    headers: { ...contentType(exchange), ...reply.headers },
  });
}

function sendError({ status, fields, message, headers }: ErrorReply, exchange: Exchange): void {
  const body = JSON.stringify({ error: { ...fields, message } });
  send(exchange, { status, body, headers: { 'content-type': 'application/json', ...headers } });
}

function send(
  exchange: Exchange,
  answer: { readonly status: number; readonly body: string; readonly headers: Headers },
): void {
  exchange.response
    .writeHead(answer.status, { ...answer.headers, 'x-request-id': `req_mock_${exchange.number}` })
    .end(answer.body);
}

function breakOff(after: BreakPoint, exchange: Exchange): void {
  if (after === 'request') {
    return;
  }
  exchange.response.writeHead(200, contentType(exchange)).flushHeaders();
  if (after === 'text') {
    exchange.response.write(firstHalf(exchange));
  }
}

function firstHalf(exchange: Exchange): string {
  const body = responseBody(
    { kind: 'message', blocks: [{ type: 'text', text: 'I was about to' }] },
    exchange,
  );
  return exchange.isStreaming ? brokenStream(body).join('') : JSON.stringify(body).slice(0, 80);
}

// After a turn of the event loop, so that what was written is on its way.
function reset({ response }: Exchange): void {
  setImmediate(() => response.socket?.resetAndDestroy());
}

function contentType({ isStreaming }: Exchange): Headers {
  return { 'content-type': isStreaming ? 'text/event-stream' : 'application/json' };
}
