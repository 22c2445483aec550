import type { Dialect, Exchange } from '../model-api/dialect.ts';
import type { Headers, WireAnswer } from '../model-api/wire-answer.ts';
import type { ErrorReply, MessageReply } from './reply.ts';
import { responseBody } from './response-body.ts';
import { brokenStream, responseStream } from './response-stream.ts';

export interface ResponsesExchange extends Exchange {
  readonly model: string;
  readonly isStreaming: boolean;
  /** Unique per exchange. */
  readonly number: number;
}

/** OpenAI's words for an answer, an error and an answer that breaks off. */
export const responsesDialect: Dialect<MessageReply | ErrorReply, ResponsesExchange> = {
  wireAnswer: (reply, exchange) =>
    reply.kind === 'message' ? wholeResponse(reply, exchange) : wordedError(reply),
  contentType,
  firstHalf,
  requestId: ({ number }) => ({ 'x-request-id': `req_mock_${number}` }),
};

function wholeResponse(reply: MessageReply, exchange: ResponsesExchange): WireAnswer {
  const body = responseBody(reply, exchange);
  return {
    status: 200,
    body: exchange.isStreaming ? responseStream(body).join('') : JSON.stringify(body),
    headers: { ...contentType(exchange), ...reply.headers },
  };
}

function wordedError({ status, fields, message, headers }: ErrorReply): WireAnswer {
  const body = JSON.stringify({ error: { ...fields, message } });
  return { status, body, headers: { 'content-type': 'application/json', ...headers } };
}

function contentType({ isStreaming }: ResponsesExchange): Headers {
  return { 'content-type': isStreaming ? 'text/event-stream' : 'application/json' };
}

function firstHalf(exchange: ResponsesExchange): string {
  const body = responseBody(
    { kind: 'message', blocks: [{ type: 'text', text: 'I was about to' }] },
    exchange,
  );
  return exchange.isStreaming ? brokenStream(body).join('') : JSON.stringify(body).slice(0, 80);
}
