import { VERSION } from '../../domain/version.ts';
import type { TelemetryFacts } from '../telemetry-facts.ts';
import type { MetricsMoment, Tally } from './metrics-moment.ts';

/** What the metrics are made of, now. */
export function momentOf({ plan, status, summary }: TelemetryFacts, tally: Tally): MetricsMoment {
  const now = status();
  const { user, system } = process.cpuUsage();
  return {
    task: plan.task.name,
    agent: now.worker?.agent ?? plan.agent.name,
    ...{ version: VERSION, status: now, summary: summary(), tally },
    runner: {
      memoryBytes: process.memoryUsage.rss(),
      cpuSeconds: (user + system) / 1e6,
      startedAt: Math.round(performance.timeOrigin),
    },
  };
}
