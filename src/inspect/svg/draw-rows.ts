import { timesText } from '../history/figure-words.ts';
import type { Heat } from '../history/heat.ts';
import type { ChartRow } from '../layout/chart.ts';
import type { Box } from '../layout/layout.ts';
import { MEASURES } from '../layout/measures.ts';
import { element, escaped, tooltip } from './markup.ts';
import { drawSign } from './signs.ts';

/** One below the other: what happens at the left, where it leads at the right. */
export function drawRows(
  rows: readonly ChartRow[],
  { box: { x, y, width }, heat }: { readonly box: Box; readonly heat: Heat | null },
): string[] {
  return rows.map((row, at) => {
    const box = { x, y: y + at * MEASURES.rowHeight, width, height: MEASURES.rowHeight };
    return drawRow(row, { box, heat });
  });
}

function drawRow(row: ChartRow, { box, heat }: { readonly box: Box; readonly heat: Heat | null }) {
  const { x, y, width, height } = box;
  const taken = heat && row.edge !== null ? heat.edge(row.edge) : null;
  const baseline = y + 12;
  const ground = { x: x + 4, y, width: width - 8, height, rx: 4 };
  return element(
    'g',
    {
      class: taken ? `row ${row.kind} taken-${taken.level}` : `row ${row.kind}`,
      'data-edges': row.edge,
    },
    [
      ...tooltip(row.description),
      element('rect', { class: 'ground', ...ground }),
      taken && taken.times > 0
        ? element('text', { class: 'times', x: x + MEASURES.gutter - 5, y: baseline }, [
            timesText(taken.times),
          ])
        : drawSign(row.kind, { x: x + MEASURES.gutter - 16, y: y + height / 2 }),
      element('text', { x: x + MEASURES.gutter, y: baseline }, words(row)),
      ...target(row, { x: x + width - MEASURES.padding, y: baseline }),
    ],
  );
}

function words({ text, condition }: ChartRow): string[] {
  if (text === '' && condition === null) {
    return ['at once'];
  }
  const guard = condition === null ? '' : `[${condition}]`;
  return [
    escaped(text),
    ...(guard === ''
      ? []
      : [element('tspan', { class: 'guard' }, [escaped(text === '' ? guard : ` ${guard}`)])]),
  ];
}

function target({ target: name }: ChartRow, place: { readonly x: number; readonly y: number }) {
  return name === null ? [] : [element('text', { class: 'target', ...place }, [escaped(name)])];
}
