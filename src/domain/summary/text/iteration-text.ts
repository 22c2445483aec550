import type { RememberedIteration } from '../memory/memory.ts';
import { partsOfSaid } from '../said.ts';
import type { RecentIteration } from '../summary.ts';
import { plainLine, plainLines } from './plain-text.ts';
import { cutToTokens, fittingLines } from './token-cost.ts';

/** Tokens. */
const IN_FULL = 170;
const QUOTED_LINE = 60;
const IN_A_LINE = 55;
const NAME = 20;

/** `reason`: why it went wrong; empty: it did not, or nobody told. */
export type Told = RecentIteration & Pick<RememberedIteration, 'reason'>;

/** What an iteration did, its agent's words quoted line for line; what it found out is told elsewhere. */
export function iterationInFull(iteration: Told, tokens = IN_FULL): readonly string[] {
  const { words, changes, next } = partsOfSaid(iteration.said);
  const said = [
    ...plainLines(words),
    ...changes.map((change) => `changed: ${plainLine(change)}`),
    ...next.map((step) => `next: ${plainLine(step)}`),
  ];
  const quoted = said.map((line) => `  > ${cutToTokens(line, QUOTED_LINE)}`);
  return [headOf(iteration), ...fittingLines(quoted, tokens)];
}

export function iterationInALine(iteration: Told): string {
  const { words, changes } = partsOfSaid(iteration.said);
  const said = plainLine([words, ...changes].filter((part) => part !== '').join('; '));
  const line = said === '' ? headOf(iteration) : `${headOf(iteration)} > ${said}`;
  return cutToTokens(line, IN_A_LINE);
}

/** A name that somebody else gave, fit for the middle of a line. */
export function nameText(name: string): string {
  return cutToTokens(plainLine(name), NAME);
}

function headOf({ iteration, target, outcome, reason }: Told): string {
  const on = target === null ? '' : ` on ${nameText(target)}`;
  const why = reason === '' ? '' : ` (${cutToTokens(plainLine(reason), NAME)})`;
  return `- Iteration ${iteration}${on}: ${outcome}${why}`;
}
