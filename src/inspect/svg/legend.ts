import type { MachineHistory } from '../history/machine-history.ts';
import type { RowKind } from '../layout/chart.ts';
import { element, escaped } from './markup.ts';
import { drawSign } from './signs.ts';

export interface LegendPlace {
  readonly y: number;
  readonly width: number;
  readonly history: MachineHistory | null;
}

/** What the signs mean, in as many lines as the width asks for. */
export function drawLegend({ y, width, history }: LegendPlace): {
  readonly markup: readonly string[];
  readonly height: number;
} {
  let x = 0;
  let line = 0;
  const entries = history ? [...ENTRIES, ...HEAT, [null, spanWords(history)] as const] : ENTRIES;
  const markup = entries.map(([sign, text]) => {
    const needed = (sign ? SIGN_WIDTH : 0) + text.length * CHARACTER + GAP;
    if (x > 0 && x + needed > width) {
      x = 0;
      line += 1;
    }
    const place = { x, y: y + TOP + line * LINE_HEIGHT };
    x += needed;
    return drawEntry(sign, text, place);
  });
  return { markup, height: TOP + (line + 1) * LINE_HEIGHT };
}

type Entry = readonly [sign: RowKind | 'times' | 'heat' | null, text: string];

const ENTRIES: readonly Entry[] = [
  ['arrow', 'leads on: drawn'],
  ['jump', 'leads on: may happen at any time, not drawn'],
  ['stays', 'noted, the state stays'],
  ['again', 'begins the state anew'],
  ['actor', 'runs as long as the state'],
  ['tag', 'tag'],
  [null, '✓ done'],
  [null, '✗ failed'],
  [null, '[guard] has to hold, the first that does is taken'],
];

const HEAT: readonly Entry[] = [
  ['times', 'times taken; the wider an arrow, the more'],
  ['heat', 'time spent in it · times entered'],
];

const SIGN_WIDTH = 20;
const CHARACTER = 6.63;
const GAP = 18;
const TOP = 24;
const LINE_HEIGHT = 18;

function spanWords({ steps, from, until }: MachineHistory): string {
  const [first, last] = [from, until].map((at) => (at === null ? '' : minuteText(at)));
  return steps === 0
    ? 'nothing has happened yet'
    : `${steps} machine events, ${first} to ${last} UTC`;
}

function minuteText(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}

function drawEntry(
  sign: Entry[0],
  text: string,
  { x, y }: { readonly x: number; readonly y: number },
): string {
  const words = { class: 'heading', x: x + (sign ? SIGN_WIDTH : 0), y: y + 4 };
  return element('g', {}, [...signMarkup(sign, { x, y }), element('text', words, [escaped(text)])]);
}

function signMarkup(sign: Entry[0], { x, y }: { readonly x: number; readonly y: number }) {
  switch (sign) {
    case null:
      return [];
    case 'times':
      return [element('text', { class: 'times', x: x + 15, y: y + 4 }, ['12'])];
    case 'heat':
      return [element('rect', { class: 'spent-3', x, y: y - 5, width: 15, height: 10, rx: 3 })];
    default:
      return [drawSign(sign, { x: x + 8, y })];
  }
}
