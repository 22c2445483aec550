import { objectOf, parseJsonLine, textOf, type JsonObject } from '../json-line.ts';
import { plainLine } from '../plain-line.ts';
import { readError } from './error-line.ts';

const LIMIT = 200;

/** What the agent says, which tool it used on what, what went wrong; also what it says outside of its protocol, on stderr. */
export function describeOpencodeLine(text: string): string | null {
  const line = parseJsonLine(text);
  if (line === null) {
    return text.trimStart().startsWith('{') ? null : describeLog(text);
  }
  const part = objectOf(line.part);
  switch (line.type) {
    case 'text':
      return part.synthetic === true ? null : plainLine(textOf(part.text) ?? '', LIMIT) || null;
    case 'tool_use':
      return describeTool(part);
    case 'error':
      return describeError(line);
    default:
      return null;
  }
}

function describeTool(part: JsonObject): string {
  const state = objectOf(part.state);
  const name = textOf(part.tool) ?? 'a tool';
  const failure = state.status === 'error' ? ` failed: ${textOf(state.error) ?? ''}` : '';
  return (
    plainLine(`${name} ${subjectOf(objectOf(state.input))}`.trim() + failure, LIMIT) || 'a tool'
  );
}

function subjectOf(input: JsonObject): string {
  const path = textOf(input.filePath);
  return path === null
    ? firstLine(WORD_FIELDS.map((field) => textOf(input[field])).find((value) => value !== null))
    : shortPath(path);
}

const WORD_FIELDS = ['command', 'pattern', 'url', 'query', 'path', 'description', 'name', 'tool'];

// A failure is told behind it.
function firstLine(text: string | null | undefined): string {
  return plainLine(text ?? '', LIMIT);
}

// Models name files by absolute paths: the end of one tells most.
function shortPath(path: string): string {
  const segments = path.split('/');
  return path.startsWith('/') && segments.length > 4 ? `…/${segments.slice(-3).join('/')}` : path;
}

function describeError(line: JsonObject): string {
  const { words, name } = readError(line);
  return plainLine(`failed: ${words || name}`, LIMIT);
}

// Of a log line only what went wrong: "timestamp=… level=ERROR … error="…" stack="…".
function describeLog(text: string): string | null {
  const [, error] = LOGGED.exec(text) ?? [];
  return plainLine(error ?? text, LIMIT) || null;
}

const LOGGED = /^timestamp=\S+ level=\w+ .*?\berror(?:\.error)?="((?:[^"\\]|\\.)*)"/;
