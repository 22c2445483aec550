import type { EventName, RecordedEvent } from '../../domain/event.ts';
import { emptyRecord, type IterationRecord } from './iteration-record.ts';

/** The record with one event more; events of one iteration may come in any order. null: the event is of none. */
export function foldRecord(
  before: IterationRecord | undefined,
  event: RecordedEvent,
): IterationRecord | null {
  if (event.iteration === null) {
    return null;
  }
  const record = before ?? emptyRecord(event.iteration, event.run_id);
  if (isNamed(event, 'iteration_start')) {
    return { ...record, started_at: event.timestamp, target: event.details.target };
  }
  if (isNamed(event, 'iteration_end')) {
    return { ...record, ...endOf(event), reason: record.reason };
  }
  if (isNamed(event, 'iteration_skip')) {
    return { ...record, reason: record.reason ?? event.details.reason };
  }
  if (isNamed(event, 'checkpoint')) {
    return { ...record, commit: event.details.commit };
  }
  if (isNamed(event, 'rollback')) {
    return { ...record, rollback: event.details.ref };
  }
  return isNamed(event, 'worker_end') ? withAttempt(record, event) : record;
}

export function isNamed<Name extends EventName>(
  event: RecordedEvent,
  name: Name,
): event is RecordedEvent<Name> {
  return event.event === name;
}

function endOf(
  event: RecordedEvent<'iteration_end'>,
): Omit<IterationRecord, 'iteration' | 'run_id' | 'started_at' | 'reason' | 'commit' | 'rollback'> {
  const { details } = event;
  return {
    target: details.target,
    ended_at: event.timestamp,
    outcome: details.outcome,
    exit_code: event.exit_code,
    attempts: details.attempts,
    duration: event.duration,
    cost_usd: details.cost_usd ?? null,
    tokens: details.tokens ?? null,
    turns: details.turns ?? null,
    changes: details.changes ?? null,
    validation: details.validation ?? null,
    report: details.report ?? null,
  };
}

/** The last attempt has the last word, whatever the order. */
function withAttempt(
  record: IterationRecord,
  { details }: RecordedEvent<'worker_end'>,
): IterationRecord {
  const isLast =
    record.ended_at === null
      ? details.attempt >= record.attempts
      : details.attempt === record.attempts;
  return {
    ...record,
    attempts: Math.max(record.attempts, details.attempt),
    reason:
      isLast || record.reason === null ? (details.usage?.reason ?? record.reason) : record.reason,
  };
}
