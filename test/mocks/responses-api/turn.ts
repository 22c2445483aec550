import { SessionNumbers } from '../model-api/session-numbers.ts';
import type { InputItem, RecordedRequest, ResponsesBody } from './recorded-request.ts';

/** One request of an agent's conversation, read as a script wants it. */
export interface Turn {
  readonly scenario: string;
  /** 1 for the first session that this scenario has seen. */
  readonly session: number;
  readonly sessionId: string;
  /** 1 for the request that brings a prompt, one more for each round of tool results since. */
  readonly step: number;
  /** The latest prompt, without what the agent tells about itself and its surroundings. */
  readonly prompt: string;
  /** What the tools that were just used came to. */
  readonly toolResults: readonly string[];
  readonly request: RecordedRequest;
}

/** Reads turns and numbers the sessions of each scenario by first sight. */
export class TurnReader {
  readonly #sessions = new SessionNumbers();

  read(request: RecordedRequest, body: ResponsesBody): Turn {
    const { input } = body;
    const latest = input.findLastIndex(isPrompt);
    const since = input.slice(latest + 1);
    const sessionId = sessionIdOf(request) ?? textOf(input.find(isPrompt)?.content);
    return {
      scenario: request.scenario,
      session: this.#sessions.numberOf(request.scenario, sessionId),
      sessionId,
      step: 1 + roundsOf(since).length,
      prompt: textOf(input[latest]?.content).trim(),
      toolResults: (roundsOf(since).at(-1) ?? []).map(({ output }) => textOf(output)),
      request,
    };
  }
}

// A round is what came back between two answers of the model.
function roundsOf(items: readonly InputItem[]): InputItem[][] {
  const rounds: InputItem[][] = [];
  items.forEach((item, index) => {
    if (!isToolResult(item)) {
      return;
    }
    const before = items[index - 1];
    if (before !== undefined && isToolResult(before)) {
      rounds.at(-1)?.push(item);
    } else {
      rounds.push([item]);
    }
  });
  return rounds;
}

function isPrompt({ type, role, content }: InputItem): boolean {
  return type === 'message' && role === 'user' && !SURROUNDINGS.test(textOf(content));
}

const SURROUNDINGS = /^\s*(?:<[a-z_]+>|# AGENTS\.md instructions)/;

function isToolResult({ type }: InputItem): boolean {
  return type === 'function_call_output' || type === 'custom_tool_call_output';
}

function sessionIdOf({ headers }: RecordedRequest): string | undefined {
  const header = headers['session-id'];
  return typeof header === 'string' ? header : undefined;
}

function textOf(parts: InputItem['content']): string {
  return (parts ?? []).map(({ text }) => text ?? '').join('\n');
}
