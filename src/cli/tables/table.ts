import { fitText, textWidth } from './text-width.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** Numbers stand at the right. */
  readonly right?: boolean;
  /** Gives way where the terminal is too narrow; the others never do. */
  readonly shrinks?: boolean;
  /** Colours a cell that has its width already. */
  readonly paint?: (cell: string, row: Row) => string;
}

export interface TableStyle {
  readonly columns: number;
  readonly heading: (text: string) => string;
}

/** Lines of a table, heading first, no wider than the terminal where its shrinking columns allow. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  style: TableStyle,
): string {
  const texts = rows.map((row) => columns.map((column) => column.cell(row)));
  const widths = shrink(columns, naturalWidths(columns, texts), style.columns);
  const heading = columns.map((column, at) => pad(column.title, widths[at] ?? 0, column));
  const lines = rows.map((row, index) =>
    columns.map((column, at) => {
      const cell = pad(texts[index]?.[at] ?? '', widths[at] ?? 0, column);
      return column.paint ? column.paint(cell, row) : cell;
    }),
  );
  const all = [
    style.heading(heading.join(GAP).trimEnd()),
    ...lines.map((line) => line.join(GAP).trimEnd()),
  ];
  return `${all.join('\n')}\n`;
}

const GAP = '  ';
const LEAST_WIDTH = 8;

function naturalWidths<Row>(columns: readonly Column<Row>[], texts: readonly string[][]): number[] {
  return columns.map(({ title }, at) =>
    texts.reduce((width, cells) => Math.max(width, textWidth(cells[at] ?? '')), title.length),
  );
}

/** The widest of those that give way gives first. */
function shrink<Row>(columns: readonly Column<Row>[], widths: number[], most: number): number[] {
  const result = [...widths];
  const total = (): number => result.reduce((sum, width) => sum + width + GAP.length, -GAP.length);
  while (total() > most) {
    const giving = columns
      .map(({ shrinks }, at) => ({ at, width: shrinks ? (result[at] ?? 0) : 0 }))
      .toSorted((left, right) => right.width - left.width)[0];
    if (!giving || giving.width <= LEAST_WIDTH) {
      break;
    }
    result[giving.at] = giving.width - 1;
  }
  return result;
}

function pad<Row>(text: string, width: number, { right }: Column<Row>): string {
  const fitting = fitText(text, width);
  const space = ' '.repeat(Math.max(0, width - textWidth(fitting)));
  return right ? space + fitting : fitting + space;
}
