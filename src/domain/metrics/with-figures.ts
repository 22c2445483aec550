import type { Summary } from '../summary/summary.ts';
import { activeAnomalies } from './anomalies/fold-anomalies.ts';
import { memoryGrowth, restartsPerDay } from './life.ts';
import { NO_METRICS } from './metrics-state.ts';
import { percentile } from './sketch.ts';
import { changeRate, costPerSuccess, timeoutRate } from './window.ts';

/** The summary with the figures that follow from what it remembers: as it is kept and shown. */
export function withFigures(summary: Summary): Summary {
  const { metrics = NO_METRICS } = summary.state;
  const { efficiency, quality, operational, generated_at: at } = summary;
  const { window, durations, life, usage } = metrics;
  return {
    ...summary,
    efficiency: {
      ...efficiency,
      resource_utilization: {
        cpu_percent: rounded(usage.cpuPercent),
        memory_mb: rounded(usage.memoryMb),
      },
      improvement_velocity: changeRate(window),
      cost_per_success: costPerSuccess(window),
    },
    quality: {
      ...quality,
      error_frequency:
        summary.total_iterations === 0 ? null : metrics.errors / summary.total_iterations,
      regression_count: metrics.regressions,
    },
    durations: {
      min: durations.count === 0 ? null : durations.min,
      p50: percentile(durations, 0.5),
      p90: percentile(durations, 0.9),
      p95: percentile(durations, 0.95),
      p99: percentile(durations, 0.99),
      max: durations.count === 0 ? null : durations.max,
    },
    operational: {
      ...operational,
      uptime_hours: life.everLived ? rounded(life.seconds / 3600) : null,
      worker_timeout_rate: timeoutRate(window),
      restart_count: life.restarts,
      restarts_per_day: at === null ? 0 : restartsPerDay(life, at),
      log_size_mb: usage.logSizeMb,
      runner_memory_mb: life.memory?.last.mb ?? null,
      memory_growth_mb_per_hour: rounded(memoryGrowth(life)),
    },
    anomalies: activeAnomalies(metrics.anomalies),
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000) / 1000;
}
