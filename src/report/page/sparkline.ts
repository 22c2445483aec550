import { OUTCOME_GROUPS, type OutcomeGroup } from '../outcome-group.ts';
import { html, type Markup } from './markup.ts';

/** Outcomes as bars, the newest at the right: their height tells them apart where colours do not. */
export function sparkline(groups: readonly OutcomeGroup[]): Markup {
  const bars = groups.map((group, at) => {
    const height = HEIGHTS[group];
    return html`<rect
      class="${group}"
      x="${at * WIDTH}"
      y="${FULL - height}"
      width="${WIDTH - 1}"
      height="${height}"
    />`;
  });
  const width = Math.max(1, groups.length * WIDTH);
  return html`<svg
    class="spark"
    viewBox="0 0 ${width} ${FULL}"
    width="${width}"
    height="${FULL}"
    role="img"
    aria-label="${wordsOf(groups)}"
  >
    ${bars}
  </svg>`;
}

const WIDTH = 5;
const FULL = 16;
const HEIGHTS: Readonly<Record<OutcomeGroup, number>> = {
  ...{ succeeded: 16, no_change: 11, stopped: 4, hindered: 7, failed: 4 },
};

function wordsOf(groups: readonly OutcomeGroup[]): string {
  const counted = OUTCOME_GROUPS.flatMap((group) => {
    const count = groups.filter((other) => other === group).length;
    return count === 0 ? [] : [`${count} ${group.replace('_', ' ')}`];
  });
  return `Last ${groups.length}: ${counted.join(', ')}`;
}
