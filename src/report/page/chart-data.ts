import { OUTCOME_GROUPS, type OutcomeGroup } from '../outcome-group.ts';
import type { Bucket, LoopReport } from '../report.ts';
import { chartNames, type ChartName } from './chart-names.ts';

/** What the page's script draws; columns as long as there are buckets. */
export interface ChartData {
  readonly id: string;
  readonly zone: string;
  /** Seconds. */
  readonly step: number;
  readonly charts: readonly ChartName[];
  /** Epoch seconds. */
  readonly at: readonly number[];
  readonly groups: Readonly<Record<OutcomeGroup, readonly number[]>>;
  readonly rate: readonly (number | null)[];
  readonly cost: readonly (number | null)[];
  readonly costPerSuccess: readonly (number | null)[];
  readonly p50: readonly (number | null)[];
  readonly p90: readonly (number | null)[];
}

export function chartData(
  loop: LoopReport,
  { id, zone }: { readonly id: string; readonly zone: string },
): ChartData {
  const { step, rows } = loop.buckets;
  const column = <Value>(read: (row: Bucket) => Value): Value[] => rows.map(read);
  const [succeeded, no_change, failed, hindered, stopped] = OUTCOME_GROUPS.map((group) =>
    column((row) => row[group]),
  );
  return {
    ...{ id, zone, step, charts: chartNames(loop) },
    at: column(({ at }) => Date.parse(at) / 1000),
    groups: {
      ...{ succeeded: succeeded ?? [], no_change: no_change ?? [], failed: failed ?? [] },
      ...{ hindered: hindered ?? [], stopped: stopped ?? [] },
    },
    rate: column(({ success_rate }) => success_rate),
    cost: column(({ cost_usd }) => cost_usd),
    costPerSuccess: column(({ cost_per_success }) => cost_per_success),
    p50: column(({ p50 }) => p50),
    p90: column(({ p90 }) => p90),
  };
}
