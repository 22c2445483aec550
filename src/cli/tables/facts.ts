import type { Paint } from './paint.ts';
import { textWidth } from './text-width.ts';

/** A name and what is to be said of it; null: nothing, and the line is left out. */
export type Fact = readonly [name: string, text: string | null];

/** Lines of `  name   text`, the texts in one column, long ones broken at blanks. */
export function renderFacts(
  facts: readonly Fact[],
  style: { paint: Paint; columns: number },
): string {
  const shown = facts.filter((fact): fact is [string, string] => fact[1] !== null);
  const width = shown.reduce((most, [name]) => Math.max(most, name.length), 0) + 4;
  return shown
    .map(([name, text]) => {
      const lines = wrap(text, Math.max(20, style.columns - width));
      const head = style.paint.dim(`  ${name}`.padEnd(width));
      return `${head}${lines.join(`\n${' '.repeat(width)}`)}\n`;
    })
    .join('');
}

/** Breaks at blanks; a word that is longer than a line stays whole, so that paths and commands can be copied. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
