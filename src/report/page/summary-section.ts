import { costText, durationText, momentText } from '../figure-text.ts';
import type { IterationSaid, LoopReport } from '../report.ts';
import { html, type Markup } from './markup.ts';
import type { SectionFacts } from './section-facts.ts';

/** What the agent said of its last iterations, newest first. */
export function summarySection(loop: LoopReport, { zone, heading }: SectionFacts): Markup | null {
  return loop.summaries.length === 0
    ? null
    : html`<section>
        ${heading('What the last iterations said')}
        <ol class="said">
          ${loop.summaries.map((said) => item(said, zone))}
        </ol>
      </section> `;
}

function item(said: IterationSaid, zone: string): Markup {
  const { iteration, target, outcome, group, at, duration, cost_usd: cost } = said;
  const facts = [
    ...(iteration === null ? [] : [`#${iteration}`]),
    ...(target === null ? [] : [target]),
    outcome,
    ...(duration === null ? [] : [durationText(duration)]),
    ...(cost === null ? [] : [costText(cost)]),
  ];
  return html`<li>
    <p class="facts">
      <span class="dot ${group}"></span>${facts.join(' · ')} &middot;
      <time datetime="${at}">${momentText(at, zone)}</time>
    </p>
    <p class="words">${said.said}</p>
  </li>`;
}
