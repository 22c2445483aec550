import type { Report } from '../report.ts';

/** More of it is in the iteration's folder. */
export const LONGEST_SAID = 1_200;
/** What an agent found out is worth more than how it tells it. */
const LONGEST_LISTS = 700;

const PREFIXES = { changes: 'changed: ', issues: 'open: ', next: 'next: ', learned: 'learned: ' };

/** What the agent said it did, bounded: its words, then a line for each thing it lists. */
export function saidOf(report: Report): string {
  const lists = cut(
    [
      ...report.learned.map((lesson) => line(PREFIXES.learned, lesson)),
      ...report.issues.map((issue) => line(PREFIXES.issues, issue)),
      ...(report.next ? [line(PREFIXES.next, report.next)] : []),
      ...report.changes.map((change) => line(PREFIXES.changes, change)),
    ].join('\n'),
    LONGEST_LISTS,
  );
  const room = LONGEST_SAID - (lists === '' ? 0 : lists.length + 1);
  return [cut(report.message, room), lists].filter((part) => part !== '').join('\n');
}

/** What was said, taken apart again. */
export interface Said {
  readonly words: string;
  readonly changes: readonly string[];
  readonly issues: readonly string[];
  readonly next: readonly string[];
  readonly learned: readonly string[];
}

/** Never throws. */
export function partsOfSaid(said: string): Said {
  const listed = Array.from(said.matchAll(LISTED), ([whole, kind = '']) => ({
    prefix: `${kind}: `,
    text: whole.slice(kind.length + 2),
  }));
  const of = (prefix: string): readonly string[] =>
    listed.filter((entry) => entry.prefix === prefix).map(({ text }) => text);
  return {
    words: listed.length === 0 ? said.trim() : said.replaceAll(LISTED, '').trim(),
    changes: of(PREFIXES.changes),
    issues: of(PREFIXES.issues),
    next: of(PREFIXES.next),
    learned: of(PREFIXES.learned),
  };
}

const LISTED = /^(changed|open|next|learned): [^\n]*$/gm;

function line(prefix: string, text: string): string {
  return `${prefix}${text.replaceAll(/\s+/g, ' ').trim()}`;
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text;
}
