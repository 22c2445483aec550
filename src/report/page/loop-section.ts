import type { LoopReport } from '../report.ts';
import { momentText } from '../figure-text.ts';
import { anomalySection } from './anomaly-section.ts';
import { answerCards } from './answer-cards.ts';
import { chartSection } from './chart-section.ts';
import { errorSection } from './error-section.ts';
import { figureTiles } from './figure-tiles.ts';
import { html, type Content, type Markup } from './markup.ts';
import type { Heading, SectionFacts } from './section-facts.ts';
import { summarySection } from './summary-section.ts';
import { targetSection } from './target-section.ts';

export interface LoopPlace {
  /** Begins the ids of its elements. */
  readonly id: string;
  readonly zone: string;
  /** It is the page's only loop: its name is the page's heading already. */
  readonly isOnly: boolean;
}

/** Everything about one loop, the answers first. */
export function loopSection(loop: LoopReport, { id, zone, isOnly }: LoopPlace): Markup {
  const heading: Heading = (text) => (isOnly ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`);
  const facts: SectionFacts = { id, zone, heading };
  const parts: Content = [
    answerCards(loop.answers, heading),
    figureTiles(loop, heading),
    chartSection(loop, facts),
    targetSection(loop, facts),
    errorSection(loop, facts),
    anomalySection(loop, facts),
    summarySection(loop, facts),
  ];
  return isOnly
    ? html`${parts}`
    : html`<section class="loop" id="${id}" aria-labelledby="${id}-name">
        <h2 id="${id}-name">Loop ${loop.loop}</h2>
        <p class="span">
          ${loop.state === null ? null : html`<span class="state">${loop.state}</span> &middot; `}${spanOf(loop, zone)}
        </p>
        ${parts}
      </section>`;
}

function spanOf({ from, to }: LoopReport, zone: string): string {
  return from && to ? `${momentText(from, zone)} to ${momentText(to, zone)}` : 'no iteration yet';
}
