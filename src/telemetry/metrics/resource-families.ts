import { epochSeconds } from './epoch-seconds.ts';
import { counter, gauge, named, type MetricFamily } from './metric-family.ts';
import type { MetricsMoment } from './metrics-moment.ts';

/** What workers, runner and machine use. */
export function resourceFamilies({
  status,
  summary,
  tally,
  runner,
}: MetricsMoment): MetricFamily[] {
  const { worker } = status;
  const use = summary?.efficiency.resource_utilization;
  return [
    gauge(named('autoloop_worker_running', 'Whether a worker is at it.'), Number(worker !== null)),
    gauge(
      named('autoloop_worker_last_output_timestamp_seconds', 'When the worker printed last.'),
      epochSeconds(worker?.lastOutputAt ?? null),
    ),
    {
      ...counter(
        named('autoloop_worker_cpu_seconds', 'CPU time of worker trees, since the runner began.'),
        tally.workerCpuSeconds,
      ),
      countsFrom: 'runner',
    },
    gauge(
      named('autoloop_worker_cpu_ratio', 'CPUs that a worker tree keeps busy, over the last ones.'),
      part(use?.cpu_percent, 0.01),
    ),
    gauge(
      named('autoloop_worker_peak_memory_bytes', 'Peak memory of the last worker tree.'),
      tally.workerPeakBytes,
    ),
    gauge(
      named('autoloop_runner_memory_bytes', 'Resident memory of the runner.'),
      runner.memoryBytes,
    ),
    {
      ...counter(
        named('autoloop_runner_cpu_seconds', 'CPU time of the runner.'),
        runner.cpuSeconds,
      ),
      countsFrom: 'runner',
    },
    gauge(
      named('autoloop_runner_start_timestamp_seconds', 'When the runner began.'),
      runner.startedAt / 1000,
    ),
    gauge(
      named('autoloop_log_size_bytes', 'Log and events with their generations.'),
      part(summary?.operational.log_size_mb, 1e6),
    ),
    gauge(
      named('autoloop_disk_free_bytes', 'Free on the disk of the data, after the last iteration.'),
      tally.freeDiskBytes,
    ),
    gauge(
      named('autoloop_machine_load', 'Load of the last minute, after the last iteration.'),
      tally.load,
    ),
  ];
}

function part(value: number | null | undefined, factor: number): number | null {
  return value === null || value === undefined ? null : value * factor;
}
