export interface Box {
  readonly text: string;
  readonly done: boolean;
  /** Characters before the list mark: how deep it is nested. */
  readonly indent: number;
}

/** The checkbox of a line, if it has one: `- [ ] a`, `3) [x] b`, `> * [X] c`, `- ☑ d`, `| [x] | e |`. */
export function readBox(line: string): Box | null {
  return listBox(line) ?? tableBox(line);
}

const DONE = new Set(['x', 'X', '✓', '✔', '✔️', '☑', '☑️', '☒', '✅']);
/** Open, begun or put off: not done. */
const OPEN = new Set(['', '~', '-', '/', '>', '.', 'o', '!', '?', '☐', '🚧', '⏳', '🔄', '❌']);

function listBox(line: string): Box | null {
  const item = /^([\s>]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(\S.*)$/u.exec(line);
  const [, lead = '', content = ''] = item ?? [];
  const marked = item && boxAt(content);
  return marked === null ? null : { ...marked, indent: indentOf(lead) };
}

/** A tab is as wide as four. */
function indentOf(lead: string): number {
  return lead.replaceAll('\t', '    ').length;
}

function boxAt(content: string): { done: boolean; text: string } | null {
  const found = INPUT.exec(content) ?? BRACKETS.exec(content) ?? BALLOT.exec(content);
  if (found === null) {
    return null;
  }
  const done = isDone(found[1] ?? '');
  const text = oneLine(content.slice(found[0].length));
  return done === null || text === '' ? null : { done, text };
}

/** Something must follow, and no parenthesis or colon: `[x](link)` and `[x]: note` are none. */
const BRACKETS = /^\\?\[([^[\]\\]{0,3})\\?\](?=\s)/u;
const BALLOT = /^([\u2610-\u2612]\uFE0F?)(?=\s)/u;
const INPUT = /^<input\b(?=[^>]*\bcheckbox\b)([^>]*)>/i;

/** null: no mark of a checkbox. */
function isDone(mark: string): boolean | null {
  const trimmed = mark.trim();
  if (/\bcheckbox\b/i.test(trimmed)) {
    return /\bchecked\b/i.test(trimmed);
  }
  return DONE.has(trimmed) ? true : OPEN.has(trimmed) ? false : null;
}

/** A row one of whose cells is nothing but a box; the others are its text. */
function tableBox(line: string): Box | null {
  const row = line.trim();
  if (!row.startsWith('|')) {
    return null;
  }
  const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
  const at = cells.findIndex((cell) => /^\[[^[\]]{1,3}\]$|^[\u2610-\u2612]\uFE0F?$/u.test(cell));
  const mark = cells[at]?.replaceAll(/^\[|\]$/g, '');
  const done = mark === undefined ? null : isDone(mark);
  const text = oneLine(cells.filter((cell, index) => index !== at && cell !== '').join(' '));
  return done === null || text === '' ? null : { done, text, indent: 0 };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
