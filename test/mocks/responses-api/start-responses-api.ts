import { createServer } from 'node:http';
import { listenOnLoopback } from '../messages-api/listen-on-loopback.ts';
import type { HeldReply } from './held-reply.ts';
import { readRequest, type RecordedRequest } from './recorded-request.ts';
import type { Script } from './script.ts';
import { Stage } from './stage.ts';
import type { Turn } from './turn.ts';

/** A mock of OpenAI's Responses API on 127.0.0.1, in this process. */
export interface ResponsesApi extends AsyncDisposable {
  /** The agent's base URL; its path chooses the scenario. */
  url(scenario: string): string;
  /** All requests so far, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Those of agents at work, retries included; `step` 1 is a prompt. */
  readonly turns: readonly Turn[];
  /** Writes a scenario, or rewrites a built-in one. */
  script(scenario: string, script: Script): void;
  /** Keeps the next turn of a scenario waiting until the test releases it; several holds take one turn each, in order. */
  hold(scenario: string): HeldReply;
  /** Ends every open connection. */
  close(): Promise<void>;
}

export async function startResponsesApi(): Promise<ResponsesApi> {
  const stage = new Stage();
  const server = createServer((request, response) => {
    void readRequest(request).then(
      (recorded) => stage.play(recorded, response),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  // Codex's built-in provider tries a WebSocket first; this sends it to HTTP at once.
  server.on('upgrade', (_, socket) => {
    socket.end('HTTP/1.1 426 Upgrade Required\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  const { origin, close } = await listenOnLoopback(server);
  return {
    url: (scenario) => `${origin}/s/${scenario}/v1`,
    requests: stage.requests,
    turns: stage.turns,
    script: (scenario, script) => stage.script(scenario, script),
    hold: (scenario) => stage.hold(scenario),
    close,
    [Symbol.asyncDispose]: close,
  };
}
