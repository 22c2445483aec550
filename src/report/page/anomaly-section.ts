import { countText, momentText } from '../figure-text.ts';
import type { AnomalyReport, LoopReport } from '../report.ts';
import { html, type Content, type Markup } from './markup.ts';
import { table, type Column } from './table.ts';
import type { SectionFacts } from './section-facts.ts';

/** What was out of the ordinary, what stands first. */
export function anomalySection(loop: LoopReport, { zone, heading }: SectionFacts): Markup | null {
  return loop.anomalies.length === 0
    ? null
    : html`<section>
        ${heading('Anomalies and opportunities')}
        ${table(columnsFor(zone), loop.anomalies, { caption: 'What was out of the ordinary; what still stands comes first' })}
      </section> `;
}

function columnsFor(zone: string): Column<AnomalyReport>[] {
  return [
    {
      title: 'Anomaly',
      isHeading: true,
      isWide: true,
      cell: ({ kind, message, advice }) =>
        html`<b>${kind.replaceAll('_', ' ')}</b>
          <span class="reason">${message}</span
          >${advice === null ? null : html`<br /><small>${advice}</small>`}`,
    },
    { title: 'State', cell: stateCell },
    {
      title: 'Since',
      cell: ({ raised_at: at }) => html`<time datetime="${at}">${momentText(at, zone)}</time>`,
    },
    {
      title: 'Until',
      cell: ({ cleared_at: at }) =>
        at === null ? '–' : html`<time datetime="${at}">${momentText(at, zone)}</time>`,
    },
    { title: 'Times', isNumber: true, cell: ({ times }) => countText(times) },
  ];
}

function stateCell({ cleared_at: at, level }: AnomalyReport): Content {
  return at === null
    ? html`<span class="badge ${level === 'warning' ? 'bad' : 'good'}"
        >${level === 'warning' ? 'stands' : 'opportunity'}</span
      >`
    : html`<span class="badge">over</span>`;
}
