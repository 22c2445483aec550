import { OUTCOMES, isOutcome } from '../../domain/outcome.ts';
import type { Summary } from '../../domain/summary/summary.ts';
import { epochSeconds } from './epoch-seconds.ts';
import { counter, gauge, named, type MetricFamily, type Sample } from './metric-family.ts';
import type { MetricsMoment } from './metrics-moment.ts';

/** What was done, in which time, for which price; over all runs of the loop. */
export function workFamilies({ summary, tally }: MetricsMoment): MetricFamily[] {
  const cost = summary?.cost ?? { usd: null, tokens_in: null, tokens_out: null };
  const { efficiency, recent } = summary ?? { efficiency: null, recent: [] };
  return [
    {
      ...named('autoloop_iterations', 'Iterations that have ended, by their outcome.'),
      type: 'counter',
      samples: outcomeSamples(summary?.outcomes ?? {}),
    },
    ...durationFamilies(summary),
    counter(named('autoloop_cost_usd', 'What all iterations have cost, as far as told.'), cost.usd),
    {
      ...named('autoloop_tokens', 'Tokens that all iterations have used, as far as told.'),
      type: 'counter',
      samples: [...tokenSample('input', cost.tokens_in), ...tokenSample('output', cost.tokens_out)],
    },
    gauge(
      named('autoloop_cost_per_success_usd', 'Cost of a success, over the last 50 iterations.'),
      efficiency?.cost_per_success ?? null,
    ),
    gauge(
      named('autoloop_success_ratio', 'Part of all iterations that succeeded.'),
      efficiency?.success_rate ?? null,
    ),
    gauge(
      named('autoloop_iterations_per_hour', 'Iterations per hour since the first one.'),
      efficiency?.iterations_per_hour ?? null,
    ),
    gauge(
      named('autoloop_improvement_ratio', 'Part of the last 50 iterations whose change stands.'),
      efficiency?.improvement_velocity ?? null,
    ),
    gauge(
      named('autoloop_last_iteration_timestamp_seconds', 'When the last iteration ended.'),
      epochSeconds(recent[0]?.at ?? null),
    ),
    gauge(
      named('autoloop_last_success_timestamp_seconds', 'When the last success ended.'),
      lastSuccess(recent) ?? (tally.lastSuccessAt && tally.lastSuccessAt / 1000),
    ),
  ];
}

function outcomeSamples(outcomes: Summary['outcomes']): Sample[] {
  return Object.keys(OUTCOMES)
    .filter(isOutcome)
    .map((outcome) => ({ labels: { outcome }, value: outcomes[outcome] ?? 0 }));
}

function tokenSample(type: string, value: number | null): Sample[] {
  return value === null ? [] : [{ labels: { type }, value }];
}

function durationFamilies(summary: Summary | null): MetricFamily[] {
  const durations = summary?.durations;
  const quantiles = [
    { quantile: 0.5, value: durations?.p50 ?? null },
    { quantile: 0.9, value: durations?.p90 ?? null },
    { quantile: 0.95, value: durations?.p95 ?? null },
    { quantile: 0.99, value: durations?.p99 ?? null },
  ];
  return [
    {
      ...named('autoloop_iteration_duration_seconds', 'How long iterations took.'),
      type: 'summary',
      quantiles: quantiles.flatMap(({ quantile, value }) =>
        value === null ? [] : [{ quantile, value }],
      ),
      sum: summary?.state.total_duration ?? 0,
      count: summary?.total_iterations ?? 0,
    },
    gauge(
      named('autoloop_iteration_duration_min_seconds', 'The shortest iteration.'),
      durations?.min ?? null,
    ),
    gauge(
      named('autoloop_iteration_duration_max_seconds', 'The longest iteration.'),
      durations?.max ?? null,
    ),
    gauge(
      named('autoloop_last_iteration_duration_seconds', 'How long the last iteration took.'),
      summary?.recent[0]?.duration ?? null,
    ),
  ];
}

/** Of the last ten. */
function lastSuccess(recent: Summary['recent']): number | null {
  const found = recent.find(({ outcome }) => outcome === 'succeeded' || outcome === 'no_change');
  return epochSeconds(found?.at ?? null);
}
