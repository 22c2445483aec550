import { NO_METRICS } from '../metrics/metrics-state.ts';
import { NO_MEMORY } from './memory/memory.ts';
import type { Summary } from './summary.ts';

/** What there is to say of a loop that has done nothing: the same fields, with nothing in them. */
export function emptySummary(task: string): Summary {
  return {
    task,
    generated_at: null,
    ...{ total_iterations: 0, successful_iterations: 0, failed_iterations: 0 },
    efficiency: {
      ...{ iterations_per_hour: null, success_rate: null, average_duration: null },
      resource_utilization: { cpu_percent: null, memory_mb: null },
      ...{ improvement_velocity: null, cost_per_success: null },
    },
    progress: {
      ...{ prd_completion_percentage: null, issues_fixed: null },
      ...{ resources_improved: null, scenarios_validated: null, capabilities_added: null },
      ...{ resources_healthy_percentage: null, scenarios_valid_percentage: null },
    },
    quality: {
      ...{ validation_pass_rate: null, rollback_frequency: null, error_rate: null },
      ...{ drift_coefficient: null, error_frequency: null, regression_count: 0 },
    },
    durations: { min: null, p50: null, p90: null, p95: null, p99: null, max: null },
    outcomes: {},
    cost: { usd: null, tokens_in: null, tokens_out: null },
    operational: {
      ...{ uptime_hours: null, worker_timeouts: 0, worker_timeout_rate: null },
      ...{ restart_count: 0, restarts_per_day: 0, log_size_mb: null },
      ...{ runner_memory_mb: null, memory_growth_mb_per_hour: null },
    },
    anomalies: [],
    ...{ targets: {}, recent: [], last_error: null },
    state: {
      ...{ last_iteration: 0, first_at: null, total_duration: 0 },
      ...{ metrics: NO_METRICS, memory: NO_MEMORY },
    },
  };
}
