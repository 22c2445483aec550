import { countsAsFailure, isSuccess, type Outcome } from '../outcome.ts';

const WINDOW = 10;

/** How the last ten iterations ended, a sign each, the newest last: `+` went well, `-` did not. */
export type LastTen = string;

/** With one more. What is not its agent's doing says nothing, and is not kept. */
export function rememberOutcome(known: LastTen, outcome: Outcome): LastTen {
  if (!isSuccess(outcome) && !countsAsFailure(outcome)) {
    return known;
  }
  return `${known}${isSuccess(outcome) ? '+' : '-'}`.slice(-WINDOW);
}

/** Share of them that went well; null: there was none yet. */
export function shareThatWentWell(known: LastTen): number | null {
  return known === '' ? null : known.replaceAll('-', '').length / known.length;
}

export function isLastTen(value: unknown): value is LastTen {
  return typeof value === 'string' && /^[+-]{0,10}$/.test(value);
}
