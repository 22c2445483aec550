import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createObserver } from '../../../src/telemetry/metrics-observer.ts';
import { parseOpenMetrics, valueOf } from '../parse-open-metrics.ts';
import { freePort } from '../free-port.ts';
import { TelemetryLoop } from '../telemetry-loop.ts';

describe('--metrics-port', () => {
  it('serves OpenMetrics to whoever asks for it', async () => {
    const { port, loop } = await served();
    loop.iterates(1);
    const accept = 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5';
    const { status, headers, body } = await ask(port, { headers: { accept } });
    expect({ status, type: headers['content-type'] }).toEqual({
      status: 200,
      type: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
    });
    const families = parseOpenMetrics(body);
    expect(valueOf(families, 'autoloop_iterations_total', { outcome: 'succeeded' })).toBe(1);
  });

  it('serves plain text to the others', async () => {
    const { port } = await served();
    const { headers, body } = await ask(port);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(body).toContain('\nautoloop_running{loop="night"} 1\n');
  });

  it.each(['127.0.0.1', 'localhost', 'LOCALHOST:1234', '[::1]:9464'])(
    'answers to the name %s',
    async (host) => {
      const { port } = await served();
      expect((await ask(port, { headers: { host } })).status).toBe(200);
    },
  );

  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost@evil.example', '10.0.0.7:9464'])(
    'refuses a request by the name %s, as after a rebound DNS name',
    async (host) => {
      const { port } = await served();
      const { status, body } = await ask(port, { headers: { host } });
      expect(status).toBe(403);
      expect(body).not.toContain('autoloop_');
    },
  );

  it('refuses requests of web pages', async () => {
    const { port } = await served();
    const { status, headers } = await ask(port, { headers: { origin: 'http://127.0.0.1' } });
    expect(status).toBe(403);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('knows /metrics alone, and to read it alone', async () => {
    const { port } = await served();
    expect((await ask(port, { path: '/' })).status).toBe(404);
    expect((await ask(port, { path: '/metrics?name=x' })).status).toBe(200);
    expect((await ask(port, { method: 'POST' })).status).toBe(405);
    expect(await ask(port, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it('warns once where the port is taken, and tries again with each iteration', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = portOf(other);
    const { loop } = await served(port);
    await expect.poll(() => loop.warned.length).toBe(1);
    expect(loop.warned[0]).toMatch(/^metrics_port_failed: .*EADDRINUSE/);
    loop.iterates(1);
    other.close();
    await once(other, 'close');
    await expect
      .poll(async () => {
        loop.iterates(2);
        return (await ask(port).catch(() => null))?.status;
      })
      .toBe(200);
    expect(loop.warned).toHaveLength(1);
    expect(loop.logged.at(-1)).toMatch(/served on port \d+ again/);
  });

  it('answers 500, and goes on, where the metrics cannot be told', async () => {
    const { port, loop } = await served();
    loop.breaks(() => {
      throw new Error('no summary');
    });
    expect((await ask(port)).status).toBe(500);
    loop.breaks(() => null);
    expect((await ask(port)).status).toBe(200);
  });
});

async function served(given?: number): Promise<{ port: number; loop: TelemetryLoop }> {
  const port = given ?? (await freePort());
  const loop = new TelemetryLoop({ settings: { metricsPort: port } });
  const observer = loop.observedBy(createObserver);
  onTestFinished(() => observer.close());
  if (given === undefined) {
    await expect.poll(async () => (await ask(port).catch(() => null))?.status).toBe(200);
    loop.clock.advance(2_000);
  }
  return { port, loop };
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Not by fetch, which chooses Host and Origin itself. */
function ask(port: number, asked: Asked = {}): Promise<Answer> {
  const { method = 'GET', path = '/metrics', headers = {} } = asked;
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, headers, agent: false };
    request(options, (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode, headers: response.headers, body }),
        reject,
      );
    })
      .on('error', reject)
      .end();
  });
}

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  return address === null || typeof address === 'string' ? 0 : address.port;
}
