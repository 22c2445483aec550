import type { Outcome } from '../../domain/outcome.ts';

export interface Judgement {
  readonly outcome: Outcome;
  /** One line. */
  readonly reason: string;
}
