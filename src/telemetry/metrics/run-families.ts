import type { LoopStatus } from '../../domain/loop-status.ts';
import { gauge, named, type MetricFamily, type Sample } from './metric-family.ts';

/** Of the run at hand; they begin anew with each run, and are gauges for that. */
export function runFamilies({ totals, caps }: LoopStatus): MetricFamily[] {
  const { iterations, succeeded, failed, costUsd, tokens } = totals;
  return [
    gauge(named('autoloop_run_iterations', 'Iterations of this run.'), iterations),
    gauge(named('autoloop_run_succeeded', 'Those of them that succeeded.'), succeeded),
    gauge(named('autoloop_run_failed', 'Those of them that failed.'), failed),
    gauge(named('autoloop_run_cost_usd', 'What this run has cost.'), costUsd),
    {
      ...named('autoloop_run_tokens', 'Tokens that this run has used.'),
      type: 'gauge',
      samples: tokens === null ? [] : tokenSamples(tokens),
    },
    gauge(
      named('autoloop_run_runtime_seconds', 'Time that runners of this run lived.'),
      caps.runtimeSeconds,
    ),
    gauge(named('autoloop_failures_in_row', 'Failures of the agent in a row.'), caps.failuresInRow),
    {
      ...named('autoloop_cap_used_ratio', 'Used part of each cap that is set; 1 ends the run.'),
      type: 'gauge',
      samples: capSamples({ totals, caps }),
    },
  ];
}

function tokenSamples(tokens: Readonly<Record<'in' | 'out' | 'cached', number>>): Sample[] {
  return [
    { labels: { type: 'input' }, value: tokens.in },
    { labels: { type: 'output' }, value: tokens.out },
    { labels: { type: 'cached' }, value: tokens.cached },
  ];
}

function capSamples({ totals, caps }: Pick<LoopStatus, 'totals' | 'caps'>): Sample[] {
  const { tokens } = totals;
  return [
    ...capSample('iterations', totals.iterations, caps.maxIterations),
    ...capSample('failures', caps.failuresInRow, caps.maxFailures),
    ...capSample('cost', totals.costUsd, caps.maxCostUsd),
    ...capSample('tokens', tokens && tokens.in + tokens.out, caps.maxTokens),
    ...capSample('runtime', caps.runtimeSeconds, caps.maxRuntimeSeconds),
    ...capSample('limit_wait', caps.limitWaitSeconds, caps.maxLimitWaitSeconds),
  ];
}

function capSample(cap: string, used: number | null, most: number | null): Sample[] {
  return most === null ? [] : [{ labels: { cap }, value: (used ?? 0) / most }];
}
