import { createServer, type ServerResponse } from 'node:http';
import { deliverReply } from '../model-api/deliver-reply.ts';
import { openModelApi, type ModelApi } from '../model-api/open-model-api.ts';
import { requestListener } from '../model-api/request-listener.ts';
import { Stage } from '../model-api/stage.ts';
import { messagesDialect } from './dialect.ts';
import { fails } from './error-replies.ts';
import { says } from './message-replies.ts';
import { readRequest, type RecordedRequest } from './recorded-request.ts';
import type { Reply } from './reply.ts';
import { builtInScripts } from './scenarios/built-in.ts';
import { TurnReader, type Turn } from './turn.ts';

/** A mock of Anthropic's Messages API. */
export interface MessagesApi extends ModelApi<Turn, Reply> {
  /** All requests so far, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
}

export async function startMessagesApi(): Promise<MessagesApi> {
  const requests: RecordedRequest[] = [];
  const stage = new Stage<Turn, Reply>({ scripts: builtInScripts, mistake });
  const reader = new TurnReader();
  const api = await openModelApi(createServer(requestListener(readRequest, answer)), { stage });
  return { ...api, requests };

  async function answer(request: RecordedRequest, response: ServerResponse): Promise<void> {
    const number = requests.push(request);
    const { body, kind } = request;
    if (body === null || kind === 'other') {
      return answerProbe(response);
    }
    if (kind === 'tokens') {
      return answerTokenCount(response, JSON.stringify(body).length);
    }
    const reply =
      kind === 'side' ? says('ok') : await stage.replyTo(reader.read(request, body), response);
    const exchange = { response, model: body.model, isStreaming: body.stream, number };
    deliverReply(reply, exchange, messagesDialect);
  }
}

function mistake(message: string): Reply {
  return fails(413, { type: 'invalid_request_error', message });
}

function answerProbe(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
}

// About four characters a token.
function answerTokenCount(response: ServerResponse, characters: number): void {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ input_tokens: Math.ceil(characters / 4) }));
}
