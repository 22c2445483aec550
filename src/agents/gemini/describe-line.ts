import { objectOf, parseJsonLine, textOf, type JsonObject } from '../json-line.ts';
import { plainLine } from '../plain-line.ts';

const LIMIT = 200;

/** What the agent says, which tool it uses on what, how it ended; also what it says outside of its protocol, on stderr. */
export function describeGeminiLine(text: string): string | null {
  const line = parseJsonLine(text);
  if (line === null) {
    return text.trimStart().startsWith('{') ? null : plainLine(text, LIMIT) || null;
  }
  return plainLine(describe(line), LIMIT) || null;
}

function describe(line: JsonObject): string {
  switch (line.type) {
    case 'message':
      return line.role === 'assistant' ? (textOf(line.content) ?? '') : '';
    case 'tool_use':
      return `${textOf(line.tool_name) ?? 'a tool'} ${subjectOf(line)}`;
    case 'error':
      return textOf(line.message) ?? '';
    case 'result':
      return describeResult(line);
    default:
      return '';
  }
}

function subjectOf({ parameters }: JsonObject): string {
  const fields = objectOf(parameters);
  return SUBJECTS.map((field) => textOf(fields[field])).find((value) => value !== null) ?? '';
}

// `description` is what the model makes of a command: the command itself tells more.
const SUBJECTS = [
  'file_path',
  'command',
  'pattern',
  'query',
  'agent_name',
  'prompt',
  'dir_path',
  'name',
  'title',
  'description',
];

function describeResult({ status, error }: JsonObject): string {
  const ending = status === 'success' ? 'done' : 'failed';
  const words = plainLine(textOf(objectOf(error).message) ?? '', LIMIT);
  return words === '' ? ending : `${ending}: ${words}`;
}
