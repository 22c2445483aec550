import type { LoopReport } from '../report.ts';

export type ChartName = 'outcomes' | 'rate' | 'cost' | 'durations';

/** The charts that there is something to draw for. */
export function chartNames({ buckets, figures }: LoopReport): ChartName[] {
  if (buckets.rows.length === 0) {
    return [];
  }
  return [
    'outcomes',
    ...(figures.success_rate === null ? [] : (['rate'] as const)),
    ...(figures.cost_usd === null ? [] : (['cost'] as const)),
    ...(figures.duration.p50 === null ? [] : (['durations'] as const)),
  ];
}
