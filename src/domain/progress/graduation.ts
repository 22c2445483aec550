import type { Outcome } from '../outcome.ts';
import { rememberOutcome, shareThatWentWell } from './stability.ts';

/** From 0 to 1 each; null: not known. */
export interface Maturity {
  /** Share of its PRD.md that is checked off. */
  readonly completion: number | null;
  /** Share of its last ten iterations that went well: `stabilityOf`. A loop knows it by itself. */
  readonly stability: number | null;
  /** Share of its checks that pass: tests, performance. */
  readonly quality: number | null;
  /** Share of its documentation that is there. */
  readonly documentation: number | null;
}

/** What a task can tell of it. */
export type ToldMaturity = Omit<Maturity, 'stability'>;

/** What each part counts; together 1. */
export const GRADUATION_WEIGHTS: Readonly<Record<keyof Maturity, number>> = {
  completion: 0.3,
  stability: 0.3,
  quality: 0.2,
  documentation: 0.2,
};

/** From here on a target needs no more iterations. Below it again, it comes back. */
export const GRADUATION_THRESHOLD = 0.9;

/** How far a target is, 0 to 1. null where a part is not known: what nobody measured has not graduated. */
export function graduationScore(maturity: Maturity): number | null {
  let score = 0;
  for (const [part, weight] of entriesOf(GRADUATION_WEIGHTS)) {
    const value = maturity[part];
    if (value === null || Number.isNaN(value)) {
      return null;
    }
    score += weight * Math.min(1, Math.max(0, value));
  }
  return Math.round(score * 1e6) / 1e6;
}

export function isGraduated(maturity: Maturity): boolean {
  return (graduationScore(maturity) ?? 0) >= GRADUATION_THRESHOLD;
}

/** Share of the last ten outcomes that are successes; the newest last. Only its agent's doing counts. null: there was none yet. */
export function stabilityOf(outcomes: readonly Outcome[]): number | null {
  return shareThatWentWell(outcomes.reduce(rememberOutcome, ''));
}

function entriesOf<Name extends string>(record: Readonly<Record<Name, number>>): [Name, number][] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.entries forgets the names
  return Object.entries(record) as [Name, number][];
}
