import type { MetricFamily } from './metric-family.ts';
import type { MetricsMoment } from './metrics-moment.ts';
import { progressFamilies } from './progress-families.ts';
import { qualityFamilies } from './quality-families.ts';
import { resourceFamilies } from './resource-families.ts';
import { runFamilies } from './run-families.ts';
import { stateFamilies } from './state-families.ts';
import { targetFamilies } from './target-families.ts';
import { workFamilies } from './work-families.ts';

/** Every metric there is, as of a moment; docs/telemetry.md describes each. */
export function metricFamilies(moment: MetricsMoment): readonly MetricFamily[] {
  return [
    ...stateFamilies(moment),
    ...runFamilies(moment.status),
    ...workFamilies(moment),
    ...qualityFamilies(moment.summary),
    ...progressFamilies(moment.summary),
    ...resourceFamilies(moment),
    ...targetFamilies(moment.summary),
  ];
}
