import type { DigestInput } from '../../domain/loop-work.ts';
import type { Summary } from '../../domain/summary/summary.ts';
import { targetRecords } from '../../domain/summary/target-record.ts';
import type { Quarantine } from '../../domain/target.ts';
import { quarantineOf } from '../../selection/quarantine.ts';
import type { Task } from '../../task/task.ts';
import { rulesOf } from '../select-target/rules-of.ts';

/** What this iteration, counted in the summary, has brought upon its target; null: nothing. The same whenever it is asked. */
export function quarantineAfter(
  summary: Summary,
  task: Task,
  { iteration, open: { target } }: DigestInput,
): Quarantine | null {
  const record = target === null ? undefined : targetRecords(summary).get(target);
  return record?.last_iteration === iteration
    ? quarantineOf(record, rulesOf(task), Date.parse(record.last_at))
    : null;
}
