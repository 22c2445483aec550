import { costText, countText, momentText, percentText } from '../figure-text.ts';
import type { LoopReport } from '../report.ts';
import { html, type Markup } from './markup.ts';
import { table, type Column } from './table.ts';

/** A line per loop, each with a link to its part of the page. */
export function overviewTable(loops: readonly LoopReport[], zone: string): Markup {
  const rows = loops.map((loop, at) => ({ loop, id: `l${at}` }));
  return html`<nav aria-label="Loops">
    ${table(columnsFor(zone), rows, { caption: 'All loops of this data folder' })}
  </nav> `;
}

interface Row {
  readonly loop: LoopReport;
  readonly id: string;
}

function columnsFor(zone: string): Column<Row>[] {
  return [
    {
      title: 'Loop',
      isHeading: true,
      cell: ({ loop, id }) => html`<a href="#${id}">${loop.loop}</a>`,
    },
    {
      title: 'Progress',
      isWide: true,
      cell: ({ loop }) =>
        html`<span class="dot ${loop.answers.progress.verdict}"></span
          >${loop.answers.progress.answer}`,
    },
    { title: 'Iterations', isNumber: true, cell: ({ loop }) => countText(loop.figures.iterations) },
    {
      title: 'Success',
      isNumber: true,
      cell: ({ loop }) => percentText(loop.figures.success_rate),
    },
    { title: 'Cost', isNumber: true, cell: ({ loop }) => costText(loop.figures.cost_usd) },
    {
      title: 'Per success',
      isNumber: true,
      cell: ({ loop }) => costText(loop.figures.cost_per_success),
    },
    { title: 'Last', cell: ({ loop }) => (loop.to === null ? '–' : momentText(loop.to, zone)) },
    { title: 'State', isWide: true, cell: ({ loop }) => loop.state ?? '–' },
  ];
}
