import type { Summary } from '../../domain/summary/summary.ts';
import { counter, gauge, named, type MetricFamily } from './metric-family.ts';

/** What the task says of its progress; tasks that say nothing have none of them. */
export function progressFamilies(summary: Summary | null): MetricFamily[] {
  const progress = summary?.progress;
  return [
    gauge(
      named('autoloop_prd_completion_ratio', 'Part of what is required that is there now.'),
      ratio(progress?.prd_completion_percentage),
    ),
    gauge(
      named('autoloop_resources_healthy_ratio', 'Part of the resources that work.'),
      ratio(progress?.resources_healthy_percentage),
    ),
    gauge(
      named('autoloop_scenarios_valid_ratio', 'Part of the scenarios that are valid.'),
      ratio(progress?.scenarios_valid_percentage),
    ),
    counter(named('autoloop_issues_fixed', 'Issues fixed.'), progress?.issues_fixed ?? null),
    counter(
      named('autoloop_resources_improved', 'Resources improved.'),
      progress?.resources_improved ?? null,
    ),
    counter(
      named('autoloop_scenarios_validated', 'Scenarios validated.'),
      progress?.scenarios_validated ?? null,
    ),
    counter(
      named('autoloop_capabilities_added', 'Required items that iterations brought.'),
      progress?.capabilities_added ?? null,
    ),
  ];
}

function ratio(percentage: number | null | undefined): number | null {
  return percentage === null || percentage === undefined ? null : percentage / 100;
}
