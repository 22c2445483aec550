import { dataPaths } from '../../stores/data-paths.ts';
import { keptSummary } from '../history/kept-summary.ts';
import { oneLine } from '../tables/text-width.ts';

/** What the figures of the loop tell without being asked, a line each: what is wrong first. */
export function noticeWords(dataDirectory: string): string[] {
  const anomalies = keptSummary(dataPaths(dataDirectory))?.anomalies ?? [];
  return anomalies
    .toSorted((left, right) => rank(left) - rank(right))
    .map(({ message, advice }) => oneLine(`${message}. ${advice}`));
}

function rank({ level }: { readonly level: string }): number {
  return level === 'warning' ? 0 : 1;
}
