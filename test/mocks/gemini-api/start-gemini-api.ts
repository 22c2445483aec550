import { createServer, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../messages-api/listen-on-loopback.ts';
import { deliverReply } from './deliver-reply.ts';
import { fails } from './error-replies.ts';
import type { Reply } from './reply.ts';
import { readRequest, readTurn, type ApiRequest, type Turn } from './turn.ts';

/** The model's side of a conversation; asked once per request of the agent, its retries included. */
export type Script = (turn: Turn) => Reply;

/** A mock of the Gemini API on 127.0.0.1, in this process. */
export interface GeminiApi extends AsyncDisposable {
  /** The agent's base URL; its path chooses the scenario. */
  url(scenario: string): string;
  /** Requests of agents at work so far, retries included. */
  readonly turns: readonly Turn[];
  /** Writes a scenario. */
  script(scenario: string, script: Script): void;
  /** Ends every open connection. */
  close(): Promise<void>;
}

export async function startGeminiApi(): Promise<GeminiApi> {
  const turns: Turn[] = [];
  const scripts = new Map<string, Script>();
  const server = createServer((incoming, response) => {
    void readRequest(incoming).then(
      (request) => answer(request, response),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  const { origin, close } = await listenOnLoopback(server);
  return {
    url: (scenario) => `${origin}/s/${scenario}`,
    turns,
    script: (scenario, script) => void scripts.set(scenario, script),
    close,
    [Symbol.asyncDispose]: close,
  };

  function answer(request: ApiRequest, response: ServerResponse): void {
    if (request.method !== 'streamGenerateContent') {
      return answerSideQuestion(response);
    }
    const turn = readTurn(request, 1 + turns.filter(isOf(request.scenario)).length);
    turns.push(turn);
    deliverReply(scripts.get(request.scenario)?.(turn) ?? noScript(request.scenario), response);
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

// A status that agents do not retry, so that the message is soon in the test's output.
function noScript(scenario: string): Reply {
  return fails(400, 'INVALID_ARGUMENT', {
    message: `No script for the scenario "${scenario}". Write one: api.script('${scenario}', …).`,
  });
}

function isOf(scenario: string): (turn: Turn) => boolean {
  return (turn) => turn.scenario === scenario;
}
