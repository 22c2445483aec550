import {
  costText,
  countText,
  durationText,
  momentText,
  percentText,
  stepText,
} from '../figure-text.ts';
import type { Bucket, LoopReport } from '../report.ts';
import { chartNames, type ChartName } from './chart-names.ts';
import { GROUP_WORDS, OUTCOME_GROUPS } from '../outcome-group.ts';
import type { SectionFacts } from './section-facts.ts';
import { html, type Markup } from './markup.ts';
import { table, type Column } from './table.ts';

/** The charts, and their figures as a table for those who do not see them. */
export function chartSection(loop: LoopReport, { id, zone, heading }: SectionFacts): Markup | null {
  const names = chartNames(loop);
  if (names.length === 0) {
    return null;
  }
  const step = stepText(loop.buckets.step);
  const figures = names.map(
    (name) =>
      html`<figure class="chart">
        <figcaption>${CAPTIONS[name](step)}</figcaption>
        <div
          class="plot"
          id="${id}-${name}"
          data-loop="${id}"
          data-chart="${name}"
          role="img"
          tabindex="0"
          aria-label="${CAPTIONS[name](step)}: ${ALTERNATIVES[name](loop)} Arrow keys read single values; the figures are in the table below."
        ></div>
      </figure>`,
  );
  const caption = `Figures of the charts, by ${step}`;
  return html`<section>
    ${heading('Over time')}
    <div class="charts">${figures}</div>
    <p class="sr" aria-live="polite" id="${id}-live"></p>
    <details>
      <summary>${caption}</summary>
      ${table(
        columnsFor(names, zone),
        loop.buckets.rows.filter(({ iterations }) => iterations > 0),
        { caption },
      )}
    </details>
  </section> `;
}

const CAPTIONS: Readonly<Record<ChartName, (step: string) => string>> = {
  outcomes: (step) => `Outcomes per ${step}`,
  rate: () => 'Success rate',
  cost: (step) => `Cost per ${step}, and per success`,
  durations: () => 'Duration of an iteration: median and 9 of 10',
};

const ALTERNATIVES: Readonly<Record<ChartName, (loop: LoopReport) => string>> = {
  outcomes: ({ figures }) =>
    `${OUTCOME_GROUPS.filter((group) => figures[group] > 0)
      .map((group) => `${countText(figures[group])} ${GROUP_WORDS[group]}`)
      .join(', ')}.`,
  rate: ({ figures, buckets }) =>
    `${percentText(figures.success_rate)} in all; ${firstAndLast(buckets.rows, ({ success_rate }) => success_rate, percentText)}.`,
  cost: ({ figures, buckets }) =>
    `${costText(figures.cost_usd)} in all, ${costText(figures.cost_per_success)} per success; per success ${firstAndLast(buckets.rows, ({ cost_per_success }) => cost_per_success, costText)}.`,
  durations: ({ figures, buckets }) =>
    `median ${durationText(figures.duration.p50)} in all; ${firstAndLast(buckets.rows, ({ p50 }) => p50, durationText)}.`,
};

function firstAndLast(
  rows: readonly Bucket[],
  read: (row: Bucket) => number | null,
  text: (value: number | null) => string,
): string {
  const known = rows.flatMap((row) => read(row) ?? []);
  return `${text(known[0] ?? null)} at first, ${text(known.at(-1) ?? null)} at last`;
}

function columnsFor(names: readonly ChartName[], zone: string): Column<Bucket>[] {
  const rest: readonly (readonly [ChartName, Column<Bucket>])[] = [
    [
      'rate',
      { title: 'Success rate', isNumber: true, cell: (row) => percentText(row.success_rate) },
    ],
    ['cost', { title: 'Cost', isNumber: true, cell: (row) => costText(row.cost_usd) }],
    [
      'cost',
      { title: 'Per success', isNumber: true, cell: (row) => costText(row.cost_per_success) },
    ],
    ['durations', { title: 'Median', isNumber: true, cell: (row) => durationText(row.p50) }],
    ['durations', { title: '9 of 10', isNumber: true, cell: (row) => durationText(row.p90) }],
  ];
  return [
    { title: 'From', isHeading: true, cell: ({ at }) => momentText(at, zone) },
    ...(['succeeded', 'no_change', 'failed', 'hindered', 'stopped'] as const).map((group) => ({
      title: capitalized(GROUP_WORDS[group].replace(/ \(.*/, '')),
      isNumber: true,
      cell: (row: Bucket) => countText(row[group]),
    })),
    ...rest.filter(([name]) => names.includes(name)).map(([, column]) => column),
  ];
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
