import type { ChartRow, ChartState } from './chart.ts';

/** Pixels; of the texts the most that common fonts take, so that none leaves its box. */
export const MEASURES = {
  title: 28,
  rowHeight: 16,
  /** Where the sign of a row stands, or how often it was taken. */
  gutter: 36,
  padding: 10,
  dot: 10,
  inside: 14,
} as const;

const CHARACTER = 6.63;
const TITLE_CHARACTER = 9;
/** Between what happens and where it leads. */
const GAP = 3 * CHARACTER;
/** Beside the name: for how long and how often it was entered, `12 m 14 s · 9999×`. */
const FIGURES = 120;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A state without states in it: its name above its rows. */
export function stateSize({ name, rows }: ChartState): Size {
  const body = rowsSize(rows);
  return {
    width: Math.max(titleWidth(name), body.width),
    height: MEASURES.title + (rows.length > 0 ? body.height : 2),
  };
}

/** The rows of a state with states in it, below the words that say so. */
export function sharedRowsSize(state: ChartState): Size {
  const body = rowsSize(state.rows);
  const heading = Math.ceil(sharedTitle(state).length * CHARACTER) + 2 * MEASURES.padding;
  return {
    width: Math.max(heading, body.width),
    height: MEASURES.title + body.height,
  };
}

export function sharedTitle({ name }: ChartState): string {
  return `in all of ${name}`;
}

/** Of a name and the figures beside it. */
export function titleWidth(name: string): number {
  return name.length * TITLE_CHARACTER + 2 * MEASURES.padding + FIGURES;
}

function eventWords({ text, condition }: ChartRow): string {
  const guard = condition === null ? '' : `[${condition}]`;
  return [text, guard].filter((word) => word !== '').join(' ') || 'at once';
}

function rowsSize(rows: readonly ChartRow[]): Size {
  return {
    width: Math.ceil(Math.max(0, ...rows.map(rowWidth))),
    height: rows.length * MEASURES.rowHeight + 8,
  };
}

function rowWidth(row: ChartRow): number {
  const target = row.target === null ? 0 : GAP + row.target.length * CHARACTER;
  return MEASURES.gutter + eventWords(row).length * CHARACTER + target + MEASURES.padding;
}
