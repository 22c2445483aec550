import { isOutcome, isSuccess, outcomeRule } from '../../domain/outcome.ts';
import { foldRecord, isNamed } from './fold-record.ts';
import type { HistoryWindow } from './history-window.ts';
import { foundEnds, iterationEnds } from './iteration-ends.ts';
import type { IterationRecord } from './iteration-record.ts';
import { parseEventLine } from '../../stores/recorded-event.ts';
import type { FoundEnd } from '../../stores/scan-ends.ts';

/** The last iterations that came to no good, newest first. `wanted` null: all within the window. */
export function recentFailures(
  path: string,
  { window, wanted }: { readonly window: HistoryWindow; readonly wanted: number | null },
): IterationRecord[] {
  const failures: IterationRecord[] = [];
  for (const end of foundEnds(path, window)) {
    const record = isGood(end.found.outcome) ? null : recordOf(end);
    if (record && failures.push(record) === wanted) {
      break;
    }
  }
  return failures;
}

/** From its end back to its beginning. */
function recordOf({ found, before }: FoundEnd): IterationRecord | null {
  const event = parseEventLine(found.line);
  let record = event && foldRecord(undefined, event);
  for (const earlier of record ? before() : []) {
    if (earlier.iteration === found.iteration) {
      record = foldRecord(record ?? undefined, earlier);
    }
    if (isNamed(earlier, 'iteration_start')) {
      break;
    }
  }
  return record;
}

export interface FailureKind {
  readonly outcome: string;
  /** Who has to act: `agent`, `environment`, `operator`, `configuration`. */
  readonly class: string;
  readonly count: number;
  readonly last_iteration: number | null;
  readonly last_at: string;
}

/** How often each bad outcome came, most often first. */
export function failureKinds(path: string, window: HistoryWindow): FailureKind[] {
  const kinds = new Map<string, FailureKind>();
  for (const { outcome, iteration, timestamp } of iterationEnds(path, window)) {
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
function isGood(outcome: string): boolean {
  return isOutcome(outcome) && isSuccess(outcome);
}
