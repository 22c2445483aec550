import type { ServerResponse } from 'node:http';
import { messageBody } from './message-body.ts';
import { brokenStream, messageStream } from './message-stream.ts';
import type { BreakPoint, ErrorReply, Headers, MessageReply, Reply } from './reply.ts';

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
  const message = messageBody(reply, exchange);
  const body = exchange.isStreaming ? messageStream(message).join('') : JSON.stringify(message);
  send(exchange, { status: 200, body, headers: { ...contentType(exchange), ...reply.headers } });
}

function sendError({ status, type, message, headers }: ErrorReply, exchange: Exchange): void {
  const body = JSON.stringify({
    type: 'error',
    error: { type, message },
    request_id: requestId(exchange),
  });
  send(exchange, { status, body, headers: { 'content-type': 'application/json', ...headers } });
}

function send(
  exchange: Exchange,
  answer: { status: number; body: string; headers: Headers },
): void {
  exchange.response
    .writeHead(answer.status, { ...answer.headers, 'request-id': requestId(exchange) })
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
  const message = messageBody(
    { kind: 'message', blocks: [{ type: 'text', text: 'I was about to' }] },
    exchange,
  );
  return exchange.isStreaming
    ? brokenStream(message).join('')
    : JSON.stringify(message).slice(0, 80);
}

// After a turn of the event loop, so that what was written is on its way.
function reset({ response }: Exchange): void {
  setImmediate(() => response.socket?.resetAndDestroy());
}

function contentType({ isStreaming }: Exchange): Headers {
  return { 'content-type': isStreaming ? 'text/event-stream' : 'application/json' };
}

function requestId({ number }: Exchange): string {
  return `req_mock_${number}`;
}
