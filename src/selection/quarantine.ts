import type { TargetRecord } from '../domain/summary/summary.ts';
import type { Quarantine } from '../domain/target.ts';
import type { ScoringRules } from './scoring-rules.ts';

const HOUR_MS = 3_600_000;
/** A quarantine that doubles does not get longer. */
const LONGEST_HOURS = 24;

/** Whether a target is left out for its failures; null: it is not. One that was long enough is tried once more. */
export function quarantineOf(
  record: TargetRecord | null,
  rules: ScoringRules,
  nowEpochMs: number,
): Quarantine | null {
  const beyond = record === null ? -1 : failuresBeyond(record, rules);
  if (record === null || beyond < 0) {
    return null;
  }
  const untilEpochMs =
    rules.quarantineHours > 0 ? Date.parse(record.last_at) + hours(beyond, rules) * HOUR_MS : null;
  return untilEpochMs === null || nowEpochMs < untilEpochMs
    ? { reason: words(record, rules), untilEpochMs }
    : null;
}

/** For people. */
export function quarantineWords({ reason, untilEpochMs }: Quarantine): string {
  return untilEpochMs === null
    ? reason
    : `${reason}, until ${new Date(untilEpochMs).toISOString()}`;
}

/** How many more than it takes; negative: too few. */
function failuresBeyond(record: TargetRecord, rules: ScoringRules): number {
  const { failures_in_row: failures, validations_failed_in_row: validations } = record;
  return Math.max(
    rules.quarantineAfter > 0 ? failures - rules.quarantineAfter : -1,
    rules.quarantineAfterValidations > 0 ? validations - rules.quarantineAfterValidations : -1,
  );
}

function hours(beyond: number, { quarantineHours: first }: ScoringRules): number {
  return Math.min(first * 2 ** Math.min(beyond, 30), Math.max(first, LONGEST_HOURS));
}

function words(record: TargetRecord, rules: ScoringRules): string {
  const { failures_in_row: failures, validations_failed_in_row: validations } = record;
  const isInvalid =
    rules.quarantineAfterValidations > 0 && validations >= rules.quarantineAfterValidations;
  return isInvalid
    ? `its work did not pass validation ${validations} times in a row`
    : `it failed ${failures} times in a row`;
}
