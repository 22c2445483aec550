import { objectOf, objectsOf, parseJsonLine, textOf, type JsonObject } from '../json-line.ts';
import { plainLine } from '../plain-line.ts';
import { readAnswer } from './answer.ts';
import { readApiError } from './api-error.ts';

const LIMIT = 200;

/** What the agent says, which tool it uses on what, how it ended; also what it says outside of its protocol, on stderr. */
export function describePiLine(text: string): string | null {
  const line = parseJsonLine(text);
  if (line === null) {
    return text.trimStart().startsWith('{') ? null : plainLine(text, LIMIT) || null;
  }
  switch (line.type) {
    case 'message_end':
      return describeAnswer(line);
    case 'tool_execution_start':
      return plainLine(`${textOf(line.toolName) ?? 'a tool'} ${subjectOf(line)}`, LIMIT) || null;
    case 'agent_end':
      return hasEndedWell(line) ? 'done' : null;
    default:
      return null;
  }
}

function describeAnswer(line: JsonObject): string | null {
  const answer = readAnswer(line);
  if (answer?.stopReason === 'error') {
    return plainLine(`failed: ${readApiError(answer.errorWords).message}`, LIMIT);
  }
  return plainLine(answer?.text ?? '', LIMIT) || null;
}

function subjectOf({ args }: JsonObject): string {
  const fields = objectOf(args);
  return SUBJECTS.map((field) => textOf(fields[field])).find((value) => value !== null) ?? '';
}

const SUBJECTS = ['command', 'pattern', 'path', 'url', 'query', 'description'];

function hasEndedWell({ messages }: JsonObject): boolean {
  const last = objectsOf(messages).findLast(({ role }) => role === 'assistant');
  return last !== undefined && !['error', 'aborted'].includes(textOf(last.stopReason) ?? '');
}
