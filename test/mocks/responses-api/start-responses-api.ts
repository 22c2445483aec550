import { createServer, type ServerResponse } from 'node:http';
import { deliverReply } from '../model-api/deliver-reply.ts';
import { openModelApi, type ModelApi } from '../model-api/open-model-api.ts';
import { requestListener } from '../model-api/request-listener.ts';
import { Stage } from '../model-api/stage.ts';
import { responsesDialect } from './dialect.ts';
import { fails } from './error-replies.ts';
import { says } from './message-replies.ts';
import { readRequest, type RecordedRequest } from './recorded-request.ts';
import type { Reply } from './reply.ts';
import { builtInScripts } from './scenarios/built-in.ts';
import { TurnReader, type Turn } from './turn.ts';

/** A mock of OpenAI's Responses API. */
export interface ResponsesApi extends ModelApi<Turn, Reply> {
  /** All requests so far, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
}

export async function startResponsesApi(): Promise<ResponsesApi> {
  const requests: RecordedRequest[] = [];
  const stage = new Stage<Turn, Reply>({ scripts: builtInScripts, mistake });
  const reader = new TurnReader();
  const server = createServer(requestListener(readRequest, answer));
  // Codex's built-in provider tries a WebSocket first; this sends it to HTTP at once.
  server.on('upgrade', (_, socket) => {
    socket.end('HTTP/1.1 426 Upgrade Required\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  const api = await openModelApi(server, { stage, basePath: '/v1' });
  return { ...api, requests };

  async function answer(request: RecordedRequest, response: ServerResponse): Promise<void> {
    const number = requests.push(request);
    const { body, kind } = request;
    if (body === null) {
      return answerProbe(response);
    }
    const reply =
      kind === 'side' ? says('ok') : await stage.replyTo(reader.read(request, body), response);
    const exchange = { response, model: body.model, isStreaming: body.stream, number };
    deliverReply(reply, exchange, responsesDialect);
  }
}

function mistake(message: string): Reply {
  return fails(400, { fields: { type: 'invalid_request_error' }, message });
}

function answerProbe(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
}
