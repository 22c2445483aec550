import { costText, countText, durationText, momentText, percentText } from '../figure-text.ts';
import type { LoopReport, TargetReport } from '../report.ts';
import type { SectionFacts } from './section-facts.ts';
import { html, type Content, type Markup } from './markup.ts';
import { sparkline } from './sparkline.ts';
import { table, type Column } from './table.ts';

/** What became of each target. */
export function targetSection(loop: LoopReport, { zone, heading }: SectionFacts): Markup | null {
  const { targets, more_targets: more } = loop;
  if (targets.length === 0) {
    return null;
  }
  const caption =
    more > 0
      ? `The ${targets.length} targets worked on most; ${countText(more)} more are not listed`
      : 'Targets, those worked on most first';
  return html`<section>
    ${heading('Targets')} ${table(columnsFor(targets, zone), targets, { caption })}
  </section> `;
}

function columnsFor(targets: readonly TargetReport[], zone: string): Column<TargetReport>[] {
  const hasCost = targets.some(({ cost_usd }) => cost_usd !== null);
  return [
    { title: 'Target', isHeading: true, isWide: true, cell: ({ target }) => target },
    { title: 'Last outcomes', cell: ({ last }) => sparkline(last) },
    { title: 'Iterations', isNumber: true, cell: ({ iterations }) => countText(iterations) },
    { title: 'Success', isNumber: true, cell: ({ success_rate }) => percentText(success_rate) },
    ...(hasCost
      ? [
          { title: 'Cost', isNumber: true, cell: (row: TargetReport) => costText(row.cost_usd) },
          {
            title: 'Per success',
            isNumber: true,
            cell: (row: TargetReport) => costText(row.cost_per_success),
          },
        ]
      : []),
    { title: 'Worked', isNumber: true, cell: ({ worked }) => durationText(worked) },
    { title: 'Graduation', cell: graduationCell },
    { title: 'Last', cell: (row) => lastCell(row, zone) },
  ];
}

/** Its parts that events tell; quality and documentation are known to its task alone. */
function graduationCell({ completion, stability, left_out: leftOut }: TargetReport): Content {
  const parts = [
    ...(completion === null ? [] : [meter('complete', completion)]),
    ...(stability === null ? [] : [meter('stable', stability)]),
  ];
  const badge =
    leftOut === null
      ? null
      : html`<span class="badge bad" title="${leftOut.reason}"
          >left out${leftOut.until === null ? '' : ' for now'}</span
        >`;
  return parts.length === 0 && badge === null ? '–' : [parts, badge];
}

function meter(name: string, share: number): Markup {
  return html`<span class="meter"
    ><svg viewBox="0 0 40 6" width="40" height="6" aria-hidden="true">
      <rect class="rail" width="40" height="6" rx="3" />
      <rect
        class="${share >= READY ? 'ready' : 'part'}"
        width="${Math.round(share * 40)}"
        height="6"
        rx="3"
      />
    </svg>
    ${percentText(share)} ${name}</span
  >`;
}

/** From here on a target counts as graduated, where its quality and documentation do as well. */
const READY = 0.9;

function lastCell(
  { last_outcome: outcome, last_at: at, last_iteration: iteration }: TargetReport,
  zone: string,
): Content {
  const number = iteration === null ? '' : ` #${iteration}`;
  return html`<span class="tight">${outcome}<small>${number}</small></span
    ><br /><small><time datetime="${at}">${momentText(at, zone)}</time></small>`;
}
