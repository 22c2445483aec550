import { describe, expect, it, onTestFinished } from 'vitest';
import { createObserver } from '../../../src/telemetry/otel-observer.ts';
import type { TelemetryObserver } from '../../../src/telemetry/telemetry-facts.ts';
import {
  startCollector,
  type Collector,
  type CollectorSpan,
} from '../../mocks/otlp/start-collector.ts';
import { TelemetryLoop } from '../telemetry-loop.ts';

const PROTOCOLS = ['http/protobuf', 'http/json'] as const;
const START = Date.UTC(2026, 0, 1);

describe.each(PROTOCOLS)('--otel by %s', (protocol) => {
  const environment = { OTEL_EXPORTER_OTLP_PROTOCOL: protocol };

  it('sends a span for a run, its iterations, attempts and waits, with their times', async () => {
    const { collector } = await sent(environment, playRun);
    expect(collector.offences).toEqual([]);
    const run = spanNamed(collector, 'run');
    const iteration = spanNamed(collector, 'iteration');
    const attempt = spanNamed(collector, 'invoke_agent claude');
    const wait = spanNamed(collector, 'wait interval');
    expect(times(run)).toEqual([0, 90]);
    expect(times(iteration)).toEqual([0, 60]);
    expect(times(attempt)).toEqual([5, 55]);
    expect(times(wait)).toEqual([60, 90]);
    expect(run.parentSpanId).toBeUndefined();
    expect(iteration.parentSpanId).toBe(run.spanId);
    expect(attempt.parentSpanId).toBe(iteration.spanId);
    expect(wait.parentSpanId).toBe(run.spanId);
    expect(new Set(collector.spans.map(({ traceId }) => traceId)).size).toBe(1);
  });

  it('describes an attempt as the conventions for GenAI do', async () => {
    const { collector } = await sent(environment, (loop) => loop.iterates(1));
    expect(spanNamed(collector, 'invoke_agent claude').attributes).toMatchObject({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.agent.name': 'claude',
      'gen_ai.response.model': 'claude-opus-4',
      'autoloop.attempt.cpu_seconds': 1.5,
    });
    expect(spanNamed(collector, 'iteration').attributes).toMatchObject({
      'autoloop.iteration.number': 1,
      'autoloop.outcome': 'succeeded',
      'autoloop.target': 'a target',
      'autoloop.iteration.cost_usd': 0.25,
      'gen_ai.usage.input_tokens': 1_000,
      'gen_ai.usage.output_tokens': 200,
    });
  });

  it('tells failure by status, error.type and reason', async () => {
    const { collector } = await sent(environment, (loop) =>
      loop.iterates(1, { outcome: 'timed_out' }),
    );
    const { status, attributes } = spanNamed(collector, 'iteration');
    expect(status).toEqual({ code: 2, message: 'timed_out: exit code 0' });
    expect(attributes['error.type']).toBe('timed_out');
  });

  it('has validations as spans, and what else happens in an iteration as its events', async () => {
    const { collector } = await sent(environment, (loop) => {
      loop.records('iteration_start', { target: null, candidates: [] }, { iteration: 1 });
      loop.clock.advance(20_000);
      loop.records('retry', { reason: 'network_failed', delay: 5, attempt: 2 }, { iteration: 1 });
      loop.records(
        'validation',
        { gate: 'tests', passed: false, reason: '2 failed', tests: null, retried: true },
        { iteration: 1, duration: 4 },
      );
      loop.ends(1, {});
    });
    const validation = spanNamed(collector, 'validate');
    expect(times(validation)).toEqual([16, 20]);
    expect(validation.status).toEqual({ code: 2, message: '2 failed' });
    expect(validation.attributes['autoloop.validation.gate']).toBe('tests');
    expect(spanNamed(collector, 'iteration').events).toEqual([
      {
        name: 'autoloop.retry',
        timeUnixNano: nanos(20),
        attributes: {
          'autoloop.retry.reason': 'network_failed',
          'autoloop.retry.delay': 5,
          'autoloop.retry.attempt': 2,
        },
      },
    ]);
  });

  it('sends metrics after each iteration: sums since the beginning, gauges, histograms', async () => {
    const { collector } = await sent(environment, (loop) => {
      loop.iterates(1);
      loop.iterates(2);
    });
    const metrics = collector.metrics;
    const iterations = metrics.get('autoloop.iterations')?.sum?.dataPoints;
    const succeeded = iterations?.find(({ attributes: at }) => at['outcome'] === 'succeeded');
    expect(succeeded).toMatchObject({ asDouble: 2, startTimeUnixNano: nanos(0) });
    expect(metrics.get('autoloop.cost')).toMatchObject({ unit: '{USD}' });
    expect(metrics.get('autoloop.success')?.gauge?.dataPoints[0]?.asDouble).toBe(1);
    expect(metrics.get('autoloop.iteration_duration')).toMatchObject({
      unit: 's',
      summary: { dataPoints: [{ count: '2', sum: 120 }] },
    });
    const durations = metrics.get('gen_ai.client.operation.duration')?.histogram?.dataPoints;
    expect(durations?.[0]).toMatchObject({ count: '2', sum: 100, min: 50, max: 50 });
    const tokens = metrics.get('gen_ai.client.token.usage')?.histogram?.dataPoints;
    expect(tokens?.map((point) => [point.attributes['gen_ai.token.type'], point.sum])).toEqual([
      ['input', 2_000],
      ['output', 400],
    ]);
  });

  it('says who sends it, in words of the environment, and how it was asked to', async () => {
    const { collector } = await sent(
      {
        ...environment,
        OTEL_SERVICE_NAME: 'nightly',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=lab%2C1,team=blue',
        OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=seven,authorization=Basic%20abc',
        OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      },
      (loop) => loop.iterates(1),
    );
    expect(collector.offences).toEqual([]);
    const [received] = collector.of('traces');
    expect(received?.headers).toMatchObject({
      'x-tenant': 'seven',
      authorization: 'Basic abc',
      'content-encoding': 'gzip',
    });
    expect(received?.message.resourceSpans[0]?.resource.attributes).toMatchObject({
      'service.name': 'nightly',
      'deployment.environment.name': 'lab,1',
      team: 'blue',
      'autoloop.loop': 'night',
    });
  });
});

describe('a run that is gone on with', () => {
  it('goes on with its trace, and its open iteration has the start it had', async () => {
    const { collector } = await sent({}, (loop) => {
      loop.records('iteration_start', { target: null, candidates: [] }, { iteration: 1 });
      loop.clock.advance(100_000);
    });
    const [before] = collector.spans;
    expect(before).toBeUndefined();
    const second = await sent({}, (loop) => {
      loop.records('loop_resume', { from_state: 'running.working', reason: 'crashed' });
      loop.clock.advance(200_000);
      const worker = { pid: 7, agent: 'codex', attempt: 1 };
      loop.records('worker_adopt', worker, { iteration: 1 });
      loop.iterates(1);
      loop.records('loop_end', { reason: 'max', iterations: 1 }, { duration: 300 });
    });
    const third = await sent({}, playRun);
    expect(times(spanNamed(second.collector, 'run'))).toEqual([-40, 260]);
    expect(spanNamed(second.collector, 'run').spanId).toBe(
      spanNamed(third.collector, 'run').spanId,
    );
    expect(spanNamed(second.collector, 'run').traceId).toBe(
      spanNamed(third.collector, 'run').traceId,
    );
  });
});

describe('secrets', () => {
  it('are in no span and no metric', async () => {
    const { collector } = await sent(
      { OTEL_RESOURCE_ATTRIBUTES: 'team=hunter2hunter2', API_KEY: 'hunter2hunter2' },
      (loop) => loop.iterates(1, { target: 'target hunter2hunter2' }),
    );
    const [traces, metrics] = [collector.of('traces')[0], collector.of('metrics').at(-1)];
    expect(JSON.stringify(metrics?.message)).not.toContain('hunter2');
    expect(traces?.message.resourceSpans[0]?.resource.attributes['team']).toMatch(/REDACTED/);
  });
});

interface Sent {
  readonly collector: Collector;
  readonly loop: TelemetryLoop;
  readonly observer: TelemetryObserver;
}

/** A loop played before a collector, and closed: all that is sent has been received. */
async function sent(
  environment: Readonly<Record<string, string>>,
  play: (loop: TelemetryLoop) => void,
): Promise<Sent> {
  const collector = await startCollector();
  onTestFinished(() => collector[Symbol.asyncDispose]());
  const loop = new TelemetryLoop({
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...environment },
  });
  const observer = loop.observedBy(createObserver);
  play(loop);
  await observer.close();
  expect(collector.offences).toEqual([]);
  return { collector, loop, observer };
}

function playRun(loop: TelemetryLoop): void {
  loop.records('loop_start', { agent: 'claude', account: null, settings: {} });
  loop.iterates(1);
  const until = new Date(START + 90_000).toISOString();
  loop.records('wait_start', { kind: 'interval', until, reason: null });
  loop.clock.advance(30_000);
  loop.records('wait_end', { kind: 'interval', how: 'over' });
  loop.records('loop_end', { reason: 'max', iterations: 1 }, { duration: 90 });
}

function spanNamed(collector: Collector, name: string): CollectorSpan {
  const found = collector.spans.filter((span) => span.name === name);
  expect(found, name).toHaveLength(1);
  const [span] = found;
  if (!span) {
    throw new Error(`No span ${name} was received.`);
  }
  return span;
}

/** Seconds since the loop began. */
function times(span: CollectorSpan): [number, number] {
  return [seconds(span.startTimeUnixNano), seconds(span.endTimeUnixNano)];
}

function seconds(nanoseconds: string): number {
  return Number((BigInt(nanoseconds) - BigInt(nanos(0))) / 1_000_000_000n);
}

function nanos(secondsAfter: number): string {
  return `${START + secondsAfter * 1000}000000`;
}
