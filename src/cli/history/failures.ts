import { isOutcome, isSuccess, outcomeRule, type Outcome } from '../../domain/outcome.ts';
import { foldRecord, isNamed } from './fold-record.ts';
import type { HistoryWindow } from './history-window.ts';
import { foundEnds, iterationEnds } from './iteration-ends.ts';
import type { IterationRecord } from './iteration-record.ts';
import type { FoundEvent } from '../../stores/scan-events.ts';

/** The last iterations that came to no good, newest first. `wanted` null: all within the window. */
export function recentFailures(
  path: string,
  { window, wanted }: { readonly window: HistoryWindow; readonly wanted: number | null },
): IterationRecord[] {
  const failures: IterationRecord[] = [];
  for (const end of foundEnds(path, window)) {
    const record = isGood(end.event.details.outcome) ? null : recordOf(end);
    if (record && failures.push(record) === wanted) {
      break;
    }
  }
  return failures;
}

/** From its end back to its beginning. */
function recordOf({ event, before }: FoundEvent<'iteration_end'>): IterationRecord | null {
  let record = foldRecord(undefined, event);
  for (const earlier of record ? before() : []) {
    if (earlier.iteration === event.iteration) {
      record = foldRecord(record ?? undefined, earlier);
    }
    if (isNamed(earlier, 'iteration_start')) {
      break;
    }
  }
  return record;
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
export function failureKinds(path: string, window: HistoryWindow): FailureKind[] {
  const kinds = new Map<Outcome, FailureKind>();
  for (const { details, iteration, timestamp } of iterationEnds(path, window)) {
    const { outcome } = details;
    if (!isGood(outcome)) {
      const newest = kinds.get(outcome);
      kinds.set(outcome, {
        outcome,
        class: isOutcome(outcome) ? outcomeRule(outcome).class : 'unknown',
        count: (newest?.count ?? 0) + 1,
        last_iteration: newest ? newest.last_iteration : iteration,
        last_at: newest?.last_at ?? timestamp,
      });
    }
  }
  return [...kinds.values()].toSorted((left, right) => right.count - left.count);
}

/** Outcomes of other versions are not known to be good. */
function isGood(outcome: Outcome): boolean {
  return isOutcome(outcome) && isSuccess(outcome);
}
