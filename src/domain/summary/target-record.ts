import { countsAsFailure, isOutcome, isSuccess, type Outcome } from '../outcome.ts';
import { isLastTen, rememberOutcome } from '../progress/stability.ts';
import { addCost } from '../tokens.ts';
import type { IterationFacts, Summary, TargetRecord } from './summary.ts';

/** The record of a target with one iteration more. What is not its agent's doing says nothing about the target. */
export function countTarget(
  before: TargetRecord | null,
  facts: Pick<IterationFacts, 'iteration' | 'outcome' | 'costUsd'>,
  ended: { readonly at: string; readonly duration: number },
): TargetRecord {
  const { outcome } = facts;
  return {
    iterations: (before?.iterations ?? 0) + 1,
    succeeded: (before?.succeeded ?? 0) + (isSuccess(outcome) ? 1 : 0),
    last_outcome: outcome,
    last_at: ended.at,
    last_iteration: facts.iteration,
    failed: (before?.failed ?? 0) + (countsAsFailure(outcome) ? 1 : 0),
    unchanged: (before?.unchanged ?? 0) + (outcome === 'no_change' ? 1 : 0),
    failures_in_row: inRow(before?.failures_in_row ?? 0, outcome, countsAsFailure(outcome)),
    validations_failed_in_row: inRow(
      before?.validations_failed_in_row ?? 0,
      outcome,
      outcome === 'validation_failed',
    ),
    cost_usd: addCost(before?.cost_usd ?? null, facts.costUsd),
    duration: rounded((before?.duration ?? 0) + ended.duration),
    last_ten: rememberOutcome(before?.last_ten ?? '', outcome),
  };
}

/** What is known of one target; null: nothing. */
export function targetRecord(summary: Summary, target: string): TargetRecord | null {
  return Object.hasOwn(summary.targets, target) ? completed(summary.targets[target]) : null;
}

/** What is known of each target. Records of older versions are completed; what makes no sense is left out. */
export function targetRecords(summary: Summary | null): ReadonlyMap<string, TargetRecord> {
  const records = new Map<string, TargetRecord>();
  for (const [name, kept] of Object.entries<unknown>(summary?.targets ?? {})) {
    const record = completed(kept);
    if (record) {
      records.set(name, record);
    }
  }
  return records;
}

function inRow(before: number, outcome: Outcome, counts: boolean): number {
  if (counts) {
    return before + 1;
  }
  return countsAsFailure(outcome) || isSuccess(outcome) ? 0 : before;
}

/** Older versions counted iterations and successes only: the rest is what these two and the last outcome tell. */
function completed(kept: unknown): TargetRecord | null {
  if (!isRecord(kept) || !isOutcome(kept['last_outcome']) || typeof kept['last_at'] !== 'string') {
    return null;
  }
  const { last_outcome, last_at } = kept;
  const number = (key: string, fallback: number): number => numberOr(kept[key], fallback);
  const iterations = number('iterations', 1);
  const succeeded = number('succeeded', 0);
  return {
    ...{ iterations, succeeded, last_outcome, last_at },
    last_iteration: numberOr(kept['last_iteration'], null),
    failed: number('failed', Math.max(0, iterations - succeeded)),
    unchanged: number('unchanged', 0),
    failures_in_row: number('failures_in_row', countsAsFailure(last_outcome) ? 1 : 0),
    validations_failed_in_row: number(
      'validations_failed_in_row',
      last_outcome === 'validation_failed' ? 1 : 0,
    ),
    cost_usd: numberOr(kept['cost_usd'], null),
    duration: numberOr(kept['duration'], null),
    last_ten: isLastTen(kept['last_ten']) ? kept['last_ten'] : rememberOutcome('', last_outcome),
  };
}

function numberOr<Fallback>(value: unknown, fallback: Fallback): number | Fallback {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : fallback;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
