import type { DigestInput } from '../../domain/loop-work.ts';
import { parseSummary } from '../../domain/summary/parse-summary.ts';
import { countTarget, targetRecord } from '../../domain/summary/target-record.ts';
import type { Quarantine } from '../../domain/target.ts';
import { quarantineOf } from '../../selection/quarantine.ts';
import type { LoopWorld } from '../loop-world.ts';
import { rulesOf } from '../select-target/rules-of.ts';

/** What this iteration brings upon its target; null: nothing. `at`: when it ended, epoch ms. */
export function quarantineAfter(
  world: LoopWorld,
  { iteration, outcome, open: { target, costUsd, startedAtEpochMs } }: DigestInput,
  at: number,
): Quarantine | null {
  if (target === null) {
    return null;
  }
  const summary = parseSummary(world.summaries.readMetrics());
  const known = summary && targetRecord(summary, target);
  const ended = { at: new Date(at).toISOString(), duration: (at - startedAtEpochMs) / 1000 };
  const record =
    known?.last_iteration === iteration
      ? known
      : countTarget(known, { iteration, outcome, costUsd }, ended);
  return quarantineOf(record, rulesOf(world.task), Date.parse(record.last_at));
}
