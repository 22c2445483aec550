import { objectOf, objectsOf, parseJsonLine, textOf, type JsonObject } from '../json-line.ts';
import { plainLine } from '../plain-line.ts';
import { readResult } from './result-line.ts';

const LIMIT = 200;

/** What the agent says, which tool it uses on what, how it ended; also what it says outside of its protocol, on stderr. */
export function describeClaudeLine(text: string): string | null {
  const line = parseJsonLine(text);
  if (line === null) {
    return text.trimStart().startsWith('{') ? null : plainLine(text, LIMIT) || null;
  }
  switch (line.type) {
    case 'assistant':
      return describeMessage(line);
    case 'result':
      return describeResult(line);
    default:
      return null;
  }
}

function describeMessage(line: JsonObject): string | null {
  const blocks = objectsOf(objectOf(line.message).content);
  return blocks.map(describeBlock).find((words) => words !== '') ?? null;
}

function describeBlock(block: JsonObject): string {
  if (block.type === 'text') {
    return plainLine(textOf(block.text) ?? '', LIMIT);
  }
  return block.type === 'tool_use'
    ? plainLine(`${textOf(block.name) ?? 'a tool'} ${subjectOf(block)}`, LIMIT)
    : '';
}

function subjectOf({ input }: JsonObject): string {
  const fields = objectOf(input);
  const path = PATH_FIELDS.map((field) => textOf(fields[field])).find((value) => value !== null);
  return path
    ? shortPath(path)
    : (WORD_FIELDS.map((field) => textOf(fields[field])).find((value) => value !== null) ?? '');
}

const PATH_FIELDS = ['file_path', 'notebook_path'];
const WORD_FIELDS = [
  'command',
  'pattern',
  'url',
  'query',
  'path',
  'description',
  'skill',
  'task_id',
];

// Claude Code names files by absolute paths: the end of one tells most.
function shortPath(path: string): string {
  const segments = path.split('/');
  return path.startsWith('/') && segments.length > 4 ? `…/${segments.slice(-3).join('/')}` : path;
}

function describeResult(line: JsonObject): string {
  const { isError, words } = readResult(line);
  const ending = isError === false ? 'done' : 'failed';
  const detail = plainLine(words, LIMIT);
  return detail === '' ? ending : `${ending}: ${detail}`;
}
