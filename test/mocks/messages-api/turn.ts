import { SessionNumbers } from '../model-api/session-numbers.ts';
import type { MessagesBody, RecordedRequest, RequestBlock } from './recorded-request.ts';

/** One request of an agent's conversation, read as a script wants it. */
export interface Turn {
  readonly scenario: string;
  /** 1 for the first session that this scenario has seen. */
  readonly session: number;
  readonly sessionId: string;
  /** 1 for the request that brings a prompt, one more for each round of tool results since. */
  readonly step: number;
  /** The latest prompt without the reminders that the agent adds; or, where it is nothing else, the reminder. */
  readonly prompt: string;
  /** What the tools that were just used came to. */
  readonly toolResults: readonly ToolResult[];
  readonly request: RecordedRequest;
}

export interface ToolResult {
  readonly text: string;
  readonly isError: boolean;
}

/** Reads turns and numbers the sessions of each scenario by first sight. */
export class TurnReader {
  readonly #sessions = new SessionNumbers();

  read(request: RecordedRequest, body: MessagesBody): Turn {
    const rounds = roundsOf(body);
    const latest = rounds.findLastIndex((round) => !hasToolResult(round));
    const prompt = promptOf(rounds[latest] ?? []);
    const sessionId = sessionIdOf(request) ?? promptOf(rounds[0] ?? []);
    return {
      scenario: request.scenario,
      session: this.#sessions.numberOf(request.scenario, sessionId),
      sessionId,
      step: rounds.length - latest,
      prompt,
      toolResults: (rounds.at(-1) ?? []).filter(isToolResult).map(readToolResult),
      request,
    };
  }
}

function roundsOf(body: MessagesBody): RequestBlock[][] {
  return body.messages.filter(({ role }) => role === 'user').map(({ content }) => content);
}

function promptOf(blocks: readonly RequestBlock[]): string {
  const texts = textsOf(blocks);
  const own = texts.filter((text) => !text.startsWith('<system-reminder>'));
  return (own.length > 0 ? own : texts).join('\n');
}

// Other agents than Claude Code name no session: their first prompt stands for it.
function sessionIdOf(request: RecordedRequest): string | undefined {
  const header = request.headers['x-claude-code-session-id'];
  return typeof header === 'string' ? header : undefined;
}

function readToolResult(block: RequestBlock): ToolResult {
  return { text: resultText(block.content), isError: block.is_error ?? false };
}

function resultText(content: unknown): string {
  if (typeof content === 'string') {
    return content;
  }
  return Array.isArray(content) ? textsOf(content).join('\n') : '';
}

function textsOf(blocks: readonly unknown[]): string[] {
  return blocks.flatMap((block) =>
    typeof block === 'object' && block !== null && 'text' in block && typeof block.text === 'string'
      ? [block.text]
      : [],
  );
}

const isToolResult = (block: RequestBlock): boolean => block.type === 'tool_result';
const hasToolResult = (blocks: readonly RequestBlock[]): boolean => blocks.some(isToolResult);
