import { countText, momentText, percentText } from '../figure-text.ts';
import type { ErrorReport, LoopReport } from '../report.ts';
import { html, type Markup } from './markup.ts';
import { table, type Column } from './table.ts';
import type { SectionFacts } from './section-facts.ts';

/** What failed, most frequent first. */
export function errorSection(loop: LoopReport, { zone, heading }: SectionFacts): Markup | null {
  const { errors, more_errors: more } = loop;
  if (errors.length === 0) {
    return null;
  }
  const rest = more > 0 ? `; ${countText(more)} rarer kinds are not listed` : '';
  const caption = `Errors, the most frequent first; the same error with other numbers counts as one${rest}`;
  return html`<section>
    ${heading('Top errors')} ${table(columnsFor(zone), errors, { caption })}
  </section> `;
}

function columnsFor(zone: string): Column<ErrorReport>[] {
  return [
    { title: 'Error', isHeading: true, isWide: true, cell: errorCell },
    { title: 'Times', isNumber: true, cell: ({ count }) => countText(count) },
    { title: 'Share', isNumber: true, cell: ({ share }) => percentText(share) },
    {
      title: 'Last',
      cell: (row) =>
        html`<time datetime="${row.last_at}">${momentText(row.last_at, zone)}</time
          >${row.last_iteration === null ? null : html`<br /><small>#${row.last_iteration}</small>`}`,
    },
    { title: 'Targets', isWide: true, cell: ({ targets }) => targets.join(', ') },
  ];
}

function errorCell({ outcome, group, reason, advice }: ErrorReport): Markup {
  return html`<span class="dot ${group}"></span><b>${outcome}</b>
    <span class="reason">${reason === outcome ? '' : reason}</span
    >${advice === null ? null : html`<br /><small>${advice}</small>`}`;
}
