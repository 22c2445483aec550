import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createObserver } from '../../../src/telemetry/otel-observer.ts';
import type { TelemetryObserver } from '../../../src/telemetry/telemetry-facts.ts';
import { startCollector, type Answer, type Collector } from '../../mocks/otlp/start-collector.ts';
import { freePort } from '../free-port.ts';
import { TelemetryLoop } from '../telemetry-loop.ts';

/** Nothing but traces: one request more or less would blur what is counted. */
const TRACES = {
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_EXPORTER_OTLP_TIMEOUT: '200',
  OTEL_BSP_SCHEDULE_DELAY: '6000',
};

describe('a collector in trouble', () => {
  it('that is down is warned of once, and what waits for it is lost with the run, and counted', async () => {
    const { loop, observer } = watched(`http://127.0.0.1:${await freePort()}`);
    sends(loop, 1);
    await expect.poll(() => loop.warned).toHaveLength(1);
    expect(loop.warned[0]).toMatch(/^otel_traces_failed: .*ECONNREFUSED.*the loop goes on$/);
    loop.clock.advance(600_000);
    sends(loop, 2);
    await observer.close();
    expect(loop.warned).toHaveLength(1);
    expect(loop.logged).toEqual([
      'spans are lost from now on: the run has ended',
      '4 spans were lost in all',
    ]);
  });

  it.each([429, 502, 503, 504])('that answers %i gets the same spans again', async (code) => {
    const { loop, collector } = await watchedBy([{ kind: 'status', code }]);
    sends(loop, 1);
    await received(collector, 1);
    await due(loop);
    loop.clock.advance(1_000);
    await received(collector, 2);
    const [first, second] = collector.of('traces');
    expect(second?.message).toEqual(first?.message);
    await expect.poll(() => loop.logged).toEqual(['traces are sent again']);
  });

  it('is asked again as late as it asks for, within reason', async () => {
    const headers = { 'retry-after': '120' };
    const { loop, collector } = await watchedBy([{ kind: 'status', code: 503, headers }]);
    sends(loop, 1);
    await received(collector, 1);
    await due(loop);
    expect(loop.clock.pending()).toEqual([loop.clock.now() + 120_000]);
  });

  it('is asked at growing distances, never for ever', async () => {
    const { loop, collector } = await watchedBy([], { kind: 'status', code: 503 });
    sends(loop, 1);
    const distances: number[] = [];
    for (let tries = 1; tries <= 9; tries += 1) {
      await received(collector, tries);
      await due(loop);
      const distance = (loop.clock.pending()[0] ?? 0) - loop.clock.now();
      distances.push(distance / 1000);
      loop.clock.advance(distance);
    }
    expect(distances).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it.each([400, 401, 404, 500])(
    'that answers %i gets the next spans, not these again',
    async (code) => {
      const { loop, observer, collector } = await watchedBy([{ kind: 'status', code }]);
      sends(loop, 1);
      await received(collector, 1);
      await expect.poll(() => loop.logged).toHaveLength(1);
      expect(loop.logged[0]).toBe(`spans are lost from now on: HTTP ${code}`);
      sends(loop, 2);
      await received(collector, 2);
      expect(
        collector.spans.map(({ attributes }) => attributes['autoloop.iteration.number']),
      ).toEqual([1, 1, 2, 2]);
      await observer.close();
      expect(loop.logged.at(-1)).toBe('2 spans were lost in all');
    },
  );

  it('is not followed anywhere else, as headers hold keys', async () => {
    const elsewhere = await startCollector();
    onTestFinished(() => elsewhere[Symbol.asyncDispose]());
    const headers = { location: `${elsewhere.url}/v1/traces` };
    const { loop, collector } = await watchedBy([], { kind: 'status', code: 307, headers });
    sends(loop, 1);
    await received(collector, 1);
    await expect.poll(() => loop.logged).toEqual(['spans are lost from now on: HTTP 307']);
    expect({ here: collector.paths, elsewhere: elsewhere.paths }).toEqual({
      here: ['/v1/traces'],
      elsewhere: [],
    });
  });

  it.each<[string, Answer]>([
    ['falls silent', { kind: 'silent' }],
    ['breaks the connection off', { kind: 'reset' }],
  ])('that %s is tried again', async (_, answer) => {
    const { loop, collector } = await watchedBy([answer]);
    sends(loop, 1);
    await received(collector, 1);
    await due(loop);
    loop.clock.advance(1_000);
    await received(collector, 2);
    expect(loop.warned).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ['whose answer never ends', { kind: 'endless' }],
    ['whose answer is no message', { kind: 'body', bytes: '\u0000\u00ff{"<html>' }],
    ['whose answer is empty', { kind: 'body', bytes: '' }],
  ])('%s has taken the spans all the same', async (_, answer) => {
    const { loop, observer, collector } = await watchedBy([], answer);
    sends(loop, 1);
    await received(collector, 1);
    sends(loop, 2);
    await received(collector, 2);
    await observer.close();
    expect({ warned: loop.warned, logged: loop.logged }).toEqual({ warned: [], logged: [] });
    expect(collector.spans).toHaveLength(4);
  });

  it.each(['http/protobuf', 'http/json'])(
    'that keeps less than it got is believed (%s)',
    async (protocol) => {
      const answer = { kind: 'partial', rejected: 1, reason: 'too old' } as const;
      const { loop, observer } = await watchedBy([answer], null, {
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      });
      sends(loop, 1);
      await expect
        .poll(() => loop.logged)
        .toEqual(['spans are lost from now on: rejected: too old']);
      await observer.close();
      expect(loop.logged.at(-1)).toBe('1 spans were lost in all');
    },
  );

  it('that speaks no HTTP is tried again', async () => {
    const server = createServer((socket) => socket.on('error', () => {}).end('220 mail\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = address === null || typeof address === 'string' ? 0 : address.port;
    const { loop, observer } = watched(`http://127.0.0.1:${port}`);
    sends(loop, 1);
    await expect.poll(() => loop.warned).toHaveLength(1);
    await observer.close();
  });

  it('costs no more memory than the queue may hold', async () => {
    const { loop, observer, collector } = await watchedBy(
      [],
      { kind: 'status', code: 503 },
      {
        OTEL_BSP_MAX_QUEUE_SIZE: '10',
        OTEL_BSP_SCHEDULE_DELAY: '1000000',
      },
    );
    for (let iteration = 1; iteration <= 50; iteration += 1) {
      loop.iterates(iteration);
    }
    await observer.close();
    expect(collector.spans).toHaveLength(10);
    expect(loop.logged).toEqual([
      'spans are lost from now on: the queue is full',
      expect.stringMatching(/^traces cannot be sent to /),
      '100 spans were lost in all',
    ]);
  });

  it('that is silent at the end of the run does not hold it', async () => {
    const { loop, observer, collector } = await watchedBy(
      [],
      { kind: 'silent' },
      {
        OTEL_EXPORTER_OTLP_TIMEOUT: '600000',
      },
    );
    sends(loop, 1);
    await received(collector, 1);
    await observer.close();
    expect(loop.logged.at(-1)).toBe('2 spans were lost in all');
    expect(loop.clock.pending()).toEqual([]);
  });

  it('of metrics gets the newest alone when it is well again', async () => {
    const { loop, observer, collector } = await watchedBy([{ kind: 'status', code: 503 }], null, {
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_TRACES_EXPORTER: 'none',
    });
    sends(loop, 1);
    await expect.poll(() => collector.of('metrics')).toHaveLength(1);
    await expect.poll(() => loop.warned).toHaveLength(1);
    sends(loop, 2);
    sends(loop, 3);
    await expect.poll(() => collector.of('metrics').length).toBeGreaterThan(1);
    await observer.close();
    const sum = collector.metrics.get('autoloop.iterations')?.sum?.dataPoints ?? [];
    expect(sum.reduce((all, { asDouble }) => all + asDouble, 0)).toBe(3);
    expect(loop.logged).toEqual(['metrics are sent again']);
  });
});

interface Watched {
  readonly loop: TelemetryLoop;
  readonly observer: TelemetryObserver;
}

function watched(url: string, environment: Readonly<Record<string, string>> = {}): Watched {
  const loop = new TelemetryLoop({
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: url, ...TRACES, ...environment },
  });
  const observer = loop.observedBy(createObserver);
  onTestFinished(() => observer.close());
  return { loop, observer };
}

/** By a collector that gives these answers, then always that one. */
async function watchedBy(
  answers: readonly Answer[],
  then: Answer | null = null,
  environment: Readonly<Record<string, string>> = {},
): Promise<Watched & { readonly collector: Collector }> {
  const collector = await startCollector();
  onTestFinished(() => collector[Symbol.asyncDispose]());
  const left = [...answers];
  collector.answer = () => left.shift() ?? then;
  return { collector, ...watched(collector.url, environment) };
}

/** One iteration, both spans of it in one request. */
function sends(loop: TelemetryLoop, iteration: number): void {
  loop.iterates(iteration);
  loop.clock.advance(1_000);
}

async function received(collector: Collector, requests: number): Promise<void> {
  await expect.poll(() => collector.of('traces')).toHaveLength(requests);
  expect(collector.offences).toEqual([]);
}

/** The answer has come, and the next request is planned. */
async function due(loop: TelemetryLoop): Promise<void> {
  await expect.poll(() => loop.clock.pending()).toHaveLength(1);
}
