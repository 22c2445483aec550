import { countGroups, successRate } from '../../report/counts.ts';
import { percentText } from '../../report/figure-text.ts';
import type { OutcomeGroup } from '../../report/outcome-group.ts';
import type { StyledLine, Style } from './styled-line.ts';

/** The last outcomes, the newest at the right: their height tells them apart where there are no colours. */
export function outcomeBars(groups: readonly OutcomeGroup[]): StyledLine {
  return groups.map((group) => BARS[group]);
}

/** `83 % of the last 40`; null: there was none yet. */
export function rateText(groups: readonly OutcomeGroup[]): string | null {
  const rate = successRate(countGroups(groups));
  return rate === null ? null : `${percentText(rate)} of the last ${groups.length}`;
}

const BARS: Readonly<Record<OutcomeGroup, readonly [string, Style]>> = {
  succeeded: ['█', 'good'],
  no_change: ['▅', 'dim'],
  hindered: ['▃', 'warn'],
  failed: ['▁', 'bad'],
  stopped: ['·', 'dim'],
};
