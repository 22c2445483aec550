import type { RowKind } from '../layout/chart.ts';
import { element, escaped } from './markup.ts';
import { drawSign } from './signs.ts';

/** What the signs mean, in as many lines as the width asks for. */
export function drawLegend({ y, width }: { readonly y: number; readonly width: number }): {
  readonly markup: readonly string[];
  readonly height: number;
} {
  let x = 0;
  let line = 0;
  const markup = ENTRIES.map(([kind, text]) => {
    const needed = SIGN_WIDTH + text.length * CHARACTER + GAP;
    if (x > 0 && x + needed > width) {
      x = 0;
      line += 1;
    }
    const place = { x: x + 8, y: y + TOP + line * LINE_HEIGHT };
    x += needed;
    return drawEntry(kind, text, place);
  });
  return { markup, height: TOP + (line + 1) * LINE_HEIGHT };
}

const ENTRIES: readonly (readonly [RowKind | null, string])[] = [
  ['arrow', 'leads on: drawn'],
  ['jump', 'leads on: may happen at any time, not drawn'],
  ['stays', 'noted, the state stays'],
  ['again', 'begins the state anew'],
  ['actor', 'runs as long as the state'],
  ['tag', 'tag'],
  [null, '✓ done  ✗ failed'],
  [null, '[guard] has to hold, the first that does is taken'],
];

const SIGN_WIDTH = 20;
const CHARACTER = 6.63;
const GAP = 18;
const TOP = 24;
const LINE_HEIGHT = 18;

function drawEntry(
  kind: RowKind | null,
  text: string,
  { x, y }: { readonly x: number; readonly y: number },
): string {
  const words = element('text', { class: 'heading', x: x + (kind ? 10 : -4), y: y + 4 }, [
    escaped(text),
  ]);
  return element('g', {}, [...(kind ? [drawSign(kind, { x, y })] : []), words]);
}
