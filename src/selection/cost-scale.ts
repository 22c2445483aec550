import type { TargetRecord } from '../domain/summary/summary.ts';

/** What an iteration costs on average: in dollars where any target told some, else in seconds. */
export interface CostScale {
  readonly isInUsd: boolean;
  /** null: nothing is known. */
  readonly average: number | null;
}

export function costScale(records: Iterable<TargetRecord>): CostScale {
  const all = [...records];
  const isInUsd = all.some(({ cost_usd }) => cost_usd !== null);
  const costs = all.flatMap((record) => costOf(record, isInUsd) ?? []);
  const sum = costs.reduce((total, cost) => total + cost, 0);
  return { isInUsd, average: costs.length === 0 ? null : sum / costs.length };
}

/** Of one iteration on the target; null: not known. */
export function costOf(record: TargetRecord, isInUsd: boolean): number | null {
  const whole = isInUsd ? record.cost_usd : record.duration;
  return whole === null ? null : whole / Math.max(1, record.iterations);
}
