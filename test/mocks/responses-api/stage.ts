import type { ServerResponse } from 'node:http';
import { deliverReply } from './deliver-reply.ts';
import { fails } from './error-replies.ts';
import { createHold, type HeldReply, type Hold } from './held-reply.ts';
import { says } from './message-replies.ts';
import type { RecordedRequest } from './recorded-request.ts';
import type { Reply } from './reply.ts';
import { builtInScripts } from './scenarios/built-in.ts';
import type { Script } from './script.ts';
import { TurnReader, type Turn } from './turn.ts';

/** Plays each request by the script of its scenario, or as a hold of the test says. */
export class Stage {
  readonly requests: RecordedRequest[] = [];
  readonly turns: Turn[] = [];
  readonly #scripts = new Map<string, Script>(Object.entries(builtInScripts));
  readonly #holds = new Map<string, Hold[]>();
  readonly #reader = new TurnReader();

  script(scenario: string, script: Script): void {
    this.#scripts.set(scenario, script);
  }

  hold(scenario: string): HeldReply {
    const hold = createHold();
    this.#holds.set(scenario, [...(this.#holds.get(scenario) ?? []), hold]);
    return hold.held;
  }

  async play(request: RecordedRequest, response: ServerResponse): Promise<void> {
    const number = this.requests.push(request);
    const { body, kind } = request;
    if (body === null) {
      return answerProbe(response);
    }
    const reply =
      kind === 'side'
        ? says('ok')
        : await this.#replyTo(this.#reader.read(request, body), response);
    deliverReply(reply, { response, model: body.model, isStreaming: body.stream, number });
  }

  async #replyTo(turn: Turn, response: ServerResponse): Promise<Reply> {
    this.turns.push(turn);
    const hold = this.#holds.get(turn.scenario)?.shift();
    if (hold) {
      response.once('close', hold.close);
    }
    return (await hold?.arrive(turn)) ?? this.#scriptedReply(turn);
  }

  async #scriptedReply(turn: Turn): Promise<Reply> {
    const script = this.#scripts.get(turn.scenario);
    if (!script) {
      return mistake(
        `No script for the scenario "${turn.scenario}". Write one: api.script('${turn.scenario}', …).`,
      );
    }
    try {
      return await script(turn);
    } catch (error) {
      return mistake(`The script of "${turn.scenario}" threw: ${String(error)}`);
    }
  }
}

// A status that agents do not retry, so that the message is soon in the test's output.
function mistake(message: string): Reply {
  return fails(400, { fields: { type: 'invalid_request_error' }, message });
}

function answerProbe(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
}
