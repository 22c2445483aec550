import { objectsOf, parseJsonLine, textOf, type JsonObject } from '../json-line.ts';
import { plainLine } from '../plain-line.ts';
import { readItem, type Item } from './item.ts';
import { readTurnEnd, type TurnEnd } from './turn-end.ts';

const LIMIT = 200;

/** What the agent says, what it begins to do, how its turn ended; also what it says outside of its protocol, on stderr. */
export function describeCodexLine(text: string): string | null {
  const line = parseJsonLine(text);
  if (line === null) {
    return text.trimStart().startsWith('{') ? null : plainLine(text, LIMIT) || null;
  }
  return plainLine(wordsOf(line), LIMIT) || null;
}

function wordsOf(line: JsonObject): string {
  const turnEnd = readTurnEnd(line);
  if (turnEnd) {
    return describeEnd(turnEnd);
  }
  const item = readItem(line);
  if (item === null) {
    return line.type === 'error' ? (textOf(line.message) ?? '') : '';
  }
  switch (line.type) {
    case 'item.started':
      return describeBeginning(item);
    case 'item.completed':
      return describeWords(item);
    default:
      return '';
  }
}

function describeEnd(turnEnd: TurnEnd): string {
  return turnEnd.isFailure ? `failed: ${turnEnd.words}` : 'done';
}

function describeBeginning({ type, fields }: Item): string {
  switch (type) {
    case 'command_execution':
      return `shell ${withoutShell(textOf(fields.command) ?? '')}`;
    case 'file_change':
      return objectsOf(fields.changes).map(describeChange).join(', ');
    case 'mcp_tool_call':
      return `${textOf(fields.server) ?? 'mcp'} ${textOf(fields.tool) ?? ''}`;
    case 'collab_tool_call':
      return textOf(fields.tool) ?? '';
    case 'web_search':
      return `web_search ${textOf(fields.query) ?? ''}`;
    default:
      return '';
  }
}

function describeWords({ type, fields }: Item): string {
  switch (type) {
    case 'agent_message':
      return textOf(fields.text) ?? '';
    case 'error':
      return textOf(fields.message) ?? '';
    default:
      return '';
  }
}

// `/bin/bash -lc 'npm test'`
function withoutShell(command: string): string {
  return /^\S*sh -l?c (['"])(.*)\1$/s.exec(command)?.[2] ?? command;
}

function describeChange({ kind, path }: JsonObject): string {
  return `${textOf(kind) ?? 'change'} ${shortPath(textOf(path) ?? '')}`;
}

// Codex names files by absolute paths: the end of one tells most.
function shortPath(path: string): string {
  const segments = path.split('/');
  return path.startsWith('/') && segments.length > 4 ? `…/${segments.slice(-3).join('/')}` : path;
}
