import { describe, expect, it } from 'vitest';
import { MetricsPage } from '../../../src/telemetry/metrics/metrics-page.ts';
import { MOST_TARGETS } from '../../../src/telemetry/metrics/target-families.ts';
import { parseOpenMetrics, valueOf, type ParsedFamily } from '../parse-open-metrics.ts';
import { TelemetryLoop, type TelemetryLoopOptions } from '../telemetry-loop.ts';

describe('the metrics of a loop', () => {
  it('are OpenMetrics before anything has happened', () => {
    const { families } = pageOf(() => {});
    expect(valueOf(families, 'autoloop_running')).toBe(1);
    expect(valueOf(families, 'autoloop_iterations_total', { outcome: 'succeeded' })).toBe(0);
    expect(families.has('autoloop_cost_usd')).toBe(false);
  });

  it('count iterations by outcome, their cost, tokens and durations', () => {
    const { families } = pageOf((loop) => {
      loop.iterates(1);
      loop.iterates(2, { outcome: 'failed' });
      loop.iterates(3);
    });
    const value = (name: string, labels?: Record<string, string>) =>
      valueOf(families, name, labels);
    expect(value('autoloop_iterations_total', { outcome: 'succeeded' })).toBe(2);
    expect(value('autoloop_iterations_total', { outcome: 'failed' })).toBe(1);
    expect(value('autoloop_success_ratio')).toBeCloseTo(2 / 3);
    expect(value('autoloop_cost_usd_total')).toBe(0.75);
    expect(value('autoloop_tokens_total', { type: 'input' })).toBe(3_000);
    expect(value('autoloop_tokens_total', { type: 'output' })).toBe(600);
    expect(value('autoloop_iteration_duration_seconds_sum')).toBe(180);
    expect(value('autoloop_iteration_duration_seconds_count')).toBe(3);
    expect(value('autoloop_iteration_duration_seconds', { quantile: '0.5' })).toBeCloseTo(60, 0);
    expect(value('autoloop_worker_cpu_seconds_total')).toBe(4.5);
    expect(value('autoloop_worker_peak_memory_bytes')).toBe(100_000_000);
    expect(value('autoloop_last_iteration_timestamp_seconds')).toBe(
      Date.UTC(2026, 0, 1, 0, 3) / 1000,
    );
    expect(value('autoloop_target_iterations_total', { target: 'a target' })).toBe(3);
    expect(value('autoloop_events_total')).toBe(12);
  });

  it('tell the state, what is waited for and how much of each cap is used', () => {
    const { families } = pageOf((loop) => {
      const until = '2026-01-01T00:05:00.000Z';
      const { caps, totals } = loop.facts.status();
      loop.changes({
        ...{ state: 'waiting.usageLimit', wait: { kind: 'usage_limit', until } },
        ...{ caps: { ...caps, maxIterations: 4 }, totals: { ...totals, iterations: 1 } },
      });
    });
    expect(valueOf(families, 'autoloop_state', { state: 'waiting' })).toBe(1);
    expect(valueOf(families, 'autoloop_state', { state: 'running' })).toBe(0);
    expect(valueOf(families, 'autoloop_waiting', { kind: 'usage_limit' })).toBe(1);
    expect(valueOf(families, 'autoloop_wait_until_timestamp_seconds')).toBe(
      Date.UTC(2026, 0, 1, 0, 5) / 1000,
    );
    expect(valueOf(families, 'autoloop_cap_used_ratio', { cap: 'iterations' })).toBe(0.25);
  });

  it('keep the number of targets bounded, and lose none of their iterations', () => {
    const { families } = pageOf((loop) => {
      for (let iteration = 1; iteration <= MOST_TARGETS + 25; iteration += 1) {
        loop.iterates(iteration, { target: `target ${iteration}` });
      }
    });
    const samples = families.get('autoloop_target_iterations')?.samples ?? [];
    expect(samples).toHaveLength(MOST_TARGETS + 1);
    expect(valueOf(families, 'autoloop_target_iterations_total', { target: '(others)' })).toBe(25);
  });

  it('escape what a target is called, and hide what is secret in it', () => {
    const environment = { API_KEY: 'hunter2hunter2' };
    const { families, text } = pageOf(
      (loop) => loop.iterates(1, { target: 'a "b" \\ c\nd hunter2hunter2' }),
      { environment },
    );
    expect(text).not.toContain('hunter2hunter2');
    expect(families.get('autoloop_target_iterations')?.samples[0]?.labels['target']).toBe(
      'a "b" \\ c\nd [REDACTED:env:API_KEY]',
    );
  });

  it('name counters as older readers know them in the older format', () => {
    const loop = new TelemetryLoop();
    const page = new MetricsPage(loop.facts);
    const text = page.text('prometheus');
    expect(text).toContain('# TYPE autoloop_iterations_total counter\n');
    expect(text).not.toMatch(/# (?:UNIT|EOF)/);
  });

  it('are not made anew for each of many readers', () => {
    const loop = new TelemetryLoop();
    const page = new MetricsPage(loop.facts);
    page.text('openmetrics');
    loop.changes({ iteration: 9 });
    expect(iterationOf(page)).toBe(0);
    loop.clock.advance(1_000);
    expect(iterationOf(page)).toBe(9);
  });
});

function iterationOf(page: MetricsPage): number | null {
  return valueOf(parseOpenMetrics(page.text('openmetrics')), 'autoloop_iteration');
}

function pageOf(
  play: (loop: TelemetryLoop) => void,
  options: TelemetryLoopOptions = {},
): { text: string; families: ReadonlyMap<string, ParsedFamily> } {
  const loop = new TelemetryLoop(options);
  const page = new MetricsPage(loop.facts);
  loop.observedBy(() => ({ observe: (event) => page.observe(event), close: async () => {} }));
  play(loop);
  const text = page.text('openmetrics');
  return { text, families: parseOpenMetrics(text) };
}
