import { isOutcome, isSuccess, outcomeRule, type Outcome } from '../../domain/outcome.ts';
import { iterationEnds } from './iteration-ends.ts';
import type { IterationRecord } from './iteration-record.ts';
import { recentIterations } from './recent-iterations.ts';

/** The last iterations that came to no good, newest first. */
export function recentFailures(path: string, wanted: number): IterationRecord[] {
  return recentIterations(path, {
    wanted,
    accepts: ({ outcome }) => outcome !== null && !isGood(outcome),
  });
}

export interface FailureKind {
  readonly outcome: Outcome;
  /** Who has to act: `agent`, `environment`, `operator`, `configuration`. */
  readonly class: string;
  readonly count: number;
  readonly last_iteration: number | null;
  readonly last_at: string;
}

/** How often each bad outcome came, most often first. */
export function failureKinds(path: string): FailureKind[] {
  const kinds = new Map<Outcome, FailureKind>();
  for (const { details, iteration, timestamp } of iterationEnds(path)) {
    const { outcome } = details;
    if (!isGood(outcome)) {
      kinds.set(outcome, {
        outcome,
        class: isOutcome(outcome) ? outcomeRule(outcome).class : 'unknown',
        count: (kinds.get(outcome)?.count ?? 0) + 1,
        last_iteration: iteration,
        last_at: timestamp,
      });
    }
  }
  return [...kinds.values()].toSorted((left, right) => right.count - left.count);
}

/** Outcomes of other versions are not known to be good. */
function isGood(outcome: Outcome): boolean {
  return isOutcome(outcome) && isSuccess(outcome);
}
