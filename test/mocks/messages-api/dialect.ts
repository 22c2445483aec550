import type { Dialect, Exchange } from '../model-api/dialect.ts';
import type { Headers, WireAnswer } from '../model-api/wire-answer.ts';
import { messageBody } from './message-body.ts';
import { brokenStream, messageStream } from './message-stream.ts';
import type { ErrorReply, MessageReply } from './reply.ts';

export interface MessagesExchange extends Exchange {
  readonly model: string;
  readonly isStreaming: boolean;
  /** Unique per exchange. */
  readonly number: number;
}

/** Anthropic's words for an answer, an error and an answer that breaks off. */
export const messagesDialect: Dialect<MessageReply | ErrorReply, MessagesExchange> = {
  wireAnswer: (reply, exchange) =>
    reply.kind === 'message' ? wholeMessage(reply, exchange) : wordedError(reply, exchange),
  contentType,
  firstHalf,
  requestId: (exchange) => ({ 'request-id': requestId(exchange) }),
};

function wholeMessage(reply: MessageReply, exchange: MessagesExchange): WireAnswer {
  const message = messageBody(reply, exchange);
  const body = exchange.isStreaming ? messageStream(message).join('') : JSON.stringify(message);
  return { status: 200, body, headers: { ...contentType(exchange), ...reply.headers } };
}

function wordedError(reply: ErrorReply, exchange: MessagesExchange): WireAnswer {
  const { status, type, message, headers } = reply;
  const body = JSON.stringify({
    type: 'error',
    error: { type, message },
    request_id: requestId(exchange),
  });
  return { status, body, headers: { 'content-type': 'application/json', ...headers } };
}

function contentType({ isStreaming }: MessagesExchange): Headers {
  return { 'content-type': isStreaming ? 'text/event-stream' : 'application/json' };
}

function firstHalf(exchange: MessagesExchange): string {
  const message = messageBody(
    { kind: 'message', blocks: [{ type: 'text', text: 'I was about to' }] },
    exchange,
  );
  return exchange.isStreaming
    ? brokenStream(message).join('')
    : JSON.stringify(message).slice(0, 80);
}

function requestId({ number }: MessagesExchange): string {
  return `req_mock_${number}`;
}
