import type { AnomalyKind } from '../../domain/metrics/anomalies/notice.ts';
import type { Summary } from '../../domain/summary/summary.ts';
import { counter, gauge, named, oneOf, type MetricFamily } from './metric-family.ts';

/** How good the work is, and what is wrong. */
export function qualityFamilies(summary: Summary | null): MetricFamily[] {
  const quality = summary?.quality;
  const operational = summary?.operational;
  return [
    gauge(
      named('autoloop_validation_pass_ratio', 'Part of the validated iterations that passed.'),
      quality?.validation_pass_rate ?? null,
    ),
    gauge(
      named('autoloop_rollback_ratio', 'Part of the iterations whose work was taken back.'),
      quality?.rollback_frequency ?? null,
    ),
    gauge(
      named('autoloop_error_ratio', 'Part of all iterations that did not succeed.'),
      quality?.error_rate ?? null,
    ),
    gauge(
      named('autoloop_drift_ratio', 'Part of the last iterations whose work left its target.'),
      quality?.drift_coefficient ?? null,
    ),
    gauge(
      named('autoloop_errors_per_iteration', 'Failed attempts and errors per iteration.'),
      quality?.error_frequency ?? null,
    ),
    counter(
      named('autoloop_regressions', 'How often a gate failed that had passed before.'),
      quality?.regression_count ?? 0,
    ),
    counter(
      named('autoloop_worker_timeouts', 'Iterations whose worker ran out of time.'),
      operational?.worker_timeouts ?? 0,
    ),
    counter(
      named('autoloop_restarts', 'How often an unfinished run was gone on with.'),
      operational?.restart_count ?? 0,
    ),
    oneOf(named('autoloop_anomaly', 'Notices: 1 for each that holds.'), {
      ...{ label: 'kind', all: Object.keys(ANOMALIES) },
      now: (summary?.anomalies ?? []).map(({ kind }) => kind),
    }),
    gauge(
      named('autoloop_anomalies_active', 'Notices of trouble that hold.'),
      (summary?.anomalies ?? []).filter(({ level }) => level === 'warning').length,
    ),
  ];
}

const ANOMALIES: Readonly<Record<AnomalyKind, true>> = {
  ...{ success_drop: true, duration_rising: true, same_error: true, target_stuck: true },
  ...{ validation_failing: true, cost_rising: true, timeouts: true, memory_growth: true },
  ...{ disk_filling: true, log_growing: true, shorten_interval: true, widen_scope: true },
  ...{ add_workers: true, graduate: true },
};
