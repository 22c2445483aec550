import type { Paint } from '../tables/paint.ts';
import { fitText, oneLine, textWidth } from '../tables/text-width.ts';

export type Style = keyof Paint;
/** Text, and how it is painted. */
export type Piece = readonly [text: string, style?: Style];
export type StyledLine = readonly Piece[];

/** Cut to the width, then painted; what an agent or a file name says does not steer the terminal. */
export function painted(line: StyledLine, { columns, paint }: LineSpace): string {
  let left = columns;
  let text = '';
  for (const [raw, style] of line) {
    const fitting = left <= 0 ? '' : fitText(harmlessPiece(raw), left);
    left -= textWidth(fitting);
    text += style ? paint[style](fitting) : fitting;
  }
  return text;
}

export interface LineSpace {
  readonly columns: number;
  readonly paint: Paint;
}

/** `oneLine` that keeps the blanks at both ends: they stand between pieces. */
function harmlessPiece(text: string): string {
  const inner = oneLine(text);
  const before = /^ */.exec(text)?.[0] ?? '';
  const after = inner === '' ? '' : (/ *$/.exec(text)?.[0] ?? '');
  return `${before}${inner}${after}`;
}
