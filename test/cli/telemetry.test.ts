import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { expectNothingLostOrPaidTwice } from '../crash/crash-rig.ts';
import { startCollector, type Answer, type Collector } from '../mocks/otlp/start-collector.ts';
import { freePort } from '../telemetry/free-port.ts';
import { parseOpenMetrics, valueOf, type ParsedFamily } from '../telemetry/parse-open-metrics.ts';
import { killRunner, useProject } from './cli-project.ts';

describe('telemetry of the demo', () => {
  it('is there to be scraped while it runs, sent to a collector, and left in a file', async () => {
    const collector = await collecting();
    const project = useProject();
    project.environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const port = await freePort();
    const flags = ['--metrics-port', String(port), '--metrics-file', 'metrics.txt', '--otel'];
    const running = project.begin(
      'run',
      '--task',
      'demo',
      '--max',
      '2',
      '--interval',
      '0',
      ...flags,
    );
    const working = { state: 'running' };
    await expect
      .poll(async () => valueOf(await scrape(port), 'autoloop_state', working), { timeout: 15_000 })
      .toBe(1);
    expect(valueOf(await scrape(port), 'autoloop_runner_memory_bytes')).toBeGreaterThan(2e7);
    const { code, err } = await running.end;
    expect(code, err).toBe(0);

    const left = parseOpenMetrics(readFileSync(project.path('metrics.txt'), 'utf8'));
    expect(valueOf(left, 'autoloop_iterations_total', { outcome: 'succeeded' })).toBe(2);
    expect(valueOf(left, 'autoloop_running')).toBe(0);
    expect(valueOf(left, 'autoloop_info', { task: 'demo' })).toBe(1);

    // Whoever goes on with a run may do so from another folder.
    const snapshot = readFileSync(project.path('data', 'demo', 'snapshot.json'), 'utf8');
    expect(JSON.parse(snapshot)).toMatchObject({
      asked: { 'metrics-file': project.path('metrics.txt') },
    });

    expect(collector.offences).toEqual([]);
    const names = collector.spans.map(({ name }) => name);
    expect(names.filter((name) => name === 'iteration')).toHaveLength(2);
    expect(names.filter((name) => name === 'invoke_agent command')).toHaveLength(2);
    expect(names.at(-1)).toBe('run');
    const sums = collector.metrics.get('autoloop.iterations')?.sum?.dataPoints ?? [];
    expect(sums.find(({ attributes }) => attributes['outcome'] === 'succeeded')?.asDouble).toBe(2);
  });
});

describe('a run with --otel', () => {
  it.each<[string, Answer | null]>([
    ['is down', null],
    ['is silent', { kind: 'silent' }],
    ['answers without end', { kind: 'endless' }],
    [
      'sends elsewhere, to itself',
      { kind: 'status', code: 307, headers: { location: '/v1/traces' } },
    ],
  ])('goes its way where the collector %s', async (_, answer) => {
    const collector = await collecting();
    collector.answer = () => answer;
    const project = useProject('exit 0');
    const down = `http://127.0.0.1:${await freePort()}`;
    project.environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: answer === null ? down : collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '1',
    };
    const { code, err } = await project.callLoop('run', '--otel', '--max', '3', '--interval', '0');
    expect(code, err).toBe(0);
    expect(project.outcomes()).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(project.eventsNamed('loop_end')).toHaveLength(1);
    expectNothingLostOrPaidTwice(project, 3);
  });

  it('says once that nothing is taken, and counts in the log what was lost', async () => {
    const project = useProject('exit 0');
    project.environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_BSP_SCHEDULE_DELAY: '1',
    };
    await project.callLoop('run', '--otel', '--max', '5', '--interval', '0');
    const warnings = project.eventsNamed('warning').map(({ details }) => details['code']);
    expect(warnings).toEqual(['otel_traces_failed']);
    expect(readFileSync(project.data('loop.log'), 'utf8')).toMatch(/1[1-9] spans were lost in all/);
  });

  it('goes on with its trace where a runner went on after a crash', async () => {
    const collector = await collecting();
    const project = useProject();
    project.environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '1',
    };
    project.letFinish(1);
    await project.callLoop('start', '--otel', '--max', '2', '--interval', '0');
    await project.began(2);
    await expect.poll(() => collector.spans.map(({ name }) => name)).toContain('iteration');
    await killRunner(project);
    project.letFinish(2);
    const { code, err } = await project.callLoop('run', '--otel', '--max', '2', '--interval', '0');
    expect(code, err).toBe(0);
    const [run, ...others] = collector.spans.filter(({ name }) => name === 'run');
    expect(others).toEqual([]);
    const iterations = collector.spans.filter(({ name }) => name === 'iteration');
    expect(iterations.map(({ attributes }) => attributes['autoloop.iteration.number'])).toEqual([
      1, 2,
    ]);
    for (const { traceId, parentSpanId } of iterations) {
      expect({ traceId, parentSpanId }).toEqual({
        traceId: run?.traceId,
        parentSpanId: run?.spanId,
      });
    }
    const begun = project.eventsNamed('iteration_start')[1]?.timestamp;
    const startMs = Number(BigInt(iterations[1]?.startTimeUnixNano ?? 0) / 1_000_000n);
    expect(Math.abs(startMs - Date.parse(String(begun)))).toBeLessThan(100);
  });

  it('does not begin where the variables ask for what it has not', async () => {
    const project = useProject('exit 0');
    project.environment = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
    const { code, err } = await project.callLoop('run', '--otel', '--max', '1');
    expect(code).toBe(150);
    expect(err).toContain('OTEL_EXPORTER_OTLP_PROTOCOL is "grpc"');
  });

  it('sends nothing without it, whatever agents are told', async () => {
    const collector = await collecting();
    const project = useProject('exit 0');
    project.environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const { code } = await project.callLoop('run', '--max', '1');
    expect({ code, paths: collector.paths }).toEqual({ code: 0, paths: [] });
  });
});

async function collecting(): Promise<Collector> {
  const collector = await startCollector();
  onTestFinished(() => collector[Symbol.asyncDispose]());
  return collector;
}

/** Nothing, where nobody listens yet. */
async function scrape(port: number): Promise<ReadonlyMap<string, ParsedFamily>> {
  const headers = { accept: 'application/openmetrics-text' };
  const body = await new Promise<string>((resolve) => {
    const options = { host: '127.0.0.1', port, path: '/metrics', headers, agent: false };
    request(options, (response) => {
      text(response).then(resolve, () => resolve('# EOF\n'));
    })
      .on('error', () => resolve('# EOF\n'))
      .end();
  });
  return parseOpenMetrics(body);
}
