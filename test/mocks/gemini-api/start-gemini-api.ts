import { createServer, type ServerResponse } from 'node:http';
import { deliverReply } from '../model-api/deliver-reply.ts';
import { openModelApi, type ModelApi } from '../model-api/open-model-api.ts';
import { requestListener } from '../model-api/request-listener.ts';
import { Stage } from '../model-api/stage.ts';
import { geminiDialect } from './dialect.ts';
import { fails } from './error-replies.ts';
import type { Reply } from './reply.ts';
import { readRequest, readTurn, type ApiRequest, type Turn } from './turn.ts';

/** A mock of the Gemini API. */
export type GeminiApi = ModelApi<Turn, Reply>;

export async function startGeminiApi(): Promise<GeminiApi> {
  const stage = new Stage<Turn, Reply>({ mistake });
  return openModelApi(createServer(requestListener(readRequest, answer)), { stage });

  async function answer(request: ApiRequest, response: ServerResponse): Promise<void> {
    if (request.method !== 'streamGenerateContent') {
      return answerSideQuestion(response);
    }
    const former = stage.turns.filter(({ scenario }) => scenario === request.scenario);
    const reply = await stage.replyTo(readTurn(request, former.length + 1), response);
    deliverReply(reply, { response }, geminiDialect);
  }
}

// A token count, a summary, a choice of model: none of the conversation.
function answerSideQuestion(response: ServerResponse): void {
  const candidates = [
    { content: { role: 'model', parts: [{ text: '{}' }] }, finishReason: 'STOP' },
  ];
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ totalTokens: 1000, candidates }));
}

function mistake(message: string): Reply {
  return fails(400, 'INVALID_ARGUMENT', { message });
}
