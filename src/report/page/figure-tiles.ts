import { costText, countText, durationText, percentText } from '../figure-text.ts';
import type { LoopReport } from '../report.ts';
import type { Heading } from './section-facts.ts';
import { html, type Markup } from './markup.ts';

/** The figures at a glance; those that nobody told are left out. */
export function figureTiles({ figures, outcomes }: LoopReport, heading: Heading): Markup | null {
  if (figures.iterations === 0) {
    return null;
  }
  const { validations, duration, tokens } = figures;
  const tiles: readonly (readonly [name: string, figure: string | null, note?: string])[] = [
    ['Iterations', countText(figures.iterations)],
    ['Success rate', percentText(figures.success_rate)],
    ['Cost', money(figures.cost_usd), figures.cost_is_estimated ? 'estimated' : ''],
    ['Cost per success', money(figures.cost_per_success)],
    ['Time worked', durationText(figures.worked)],
    ['Median duration', durationText(duration.p50)],
    ['Tokens', tokens && countText(tokens.in + tokens.out)],
    [
      'Validations passed',
      validations && percentText(validations.passed / validations.judged),
      validations ? `of ${countText(validations.judged)}` : '',
    ],
    [
      'Left its target',
      figures.drifted === null ? null : percentText(figures.drifted / figures.iterations),
    ],
  ];
  const shown = tiles.flatMap(([name, figure, note]) =>
    figure === null
      ? []
      : html`<div>
          <dt>${name}</dt>
          <dd>${figure}${note ? html` <small>${note}</small>` : null}</dd>
        </div>`,
  );
  const counted = outcomes.map(
    ({ outcome, count, group, meaning }) =>
      html`<li title="${meaning ?? ''}">
        <span class="dot ${group}"></span>${outcome} <b>${countText(count)}</b>
      </li>`,
  );
  return html`<section>
    ${heading('At a glance')}
    <dl class="tiles">${shown}</dl>
    <ul class="outcomes" aria-label="Outcomes">
      ${counted}
    </ul>
  </section> `;
}

function money(usd: number | null): string | null {
  return usd === null ? null : costText(usd);
}
