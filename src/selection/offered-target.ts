import type { ToldMaturity } from '../domain/progress/graduation.ts';
import type { TargetRecord } from '../domain/summary/summary.ts';

/** A target as it is scored. */
export interface OfferedTarget {
  readonly name: string;
  /** How much there is to do, 0 to 1; null: not known. */
  readonly need: number | null;
  /** The operator's wish, −1 to 1; 0: none. */
  readonly priority: number;
  /** Why both are so, in the words of its task. */
  readonly reason?: string;
  /** Good enough: it is left out until its task says otherwise. */
  readonly graduated: boolean;
  /** What its task tells of how far it is; null: nothing. */
  readonly maturity: ToldMaturity | null;
}

/** What is known of the targets, and when they are scored. */
export interface ScoringScene {
  readonly records: ReadonlyMap<string, TargetRecord>;
  /** Number of the iteration to come. */
  readonly iteration: number;
  readonly nowEpochMs: number;
}
