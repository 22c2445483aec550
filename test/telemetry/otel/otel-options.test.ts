import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AutoloopError } from '../../../src/domain/error.ts';
import { readOtelOptions } from '../../../src/telemetry/otel/otel-options.ts';
import { temporaryFolder } from '../../stores/temporary-folder.ts';

describe('the variables of OpenTelemetry', () => {
  it('have the defaults of the specification', () => {
    const { traces, metrics, ...others } = readOtelOptions({});
    expect(traces).toMatchObject({ protocol: 'http/protobuf', timeoutMs: 10_000, gzip: false });
    expect(traces?.url.href).toBe('http://localhost:4318/v1/traces');
    expect(metrics?.url.href).toBe('http://localhost:4318/v1/metrics');
    expect(others).toEqual({
      ...{ serviceName: 'autoloop', resource: {}, mostWaiting: 2_048, batchSize: 512 },
      ...{ batchDelayMs: 5_000, metricIntervalMs: 60_000 },
    });
  });

  it('add the path of a signal to the endpoint of all, and to its own none', () => {
    const { traces, metrics } = readOtelOptions({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example/otlp/',
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'https://metrics.example/take?tenant=7',
    });
    expect(traces?.url.href).toBe('https://collector.example/otlp/v1/traces');
    expect(metrics?.url.href).toBe('https://metrics.example/take?tenant=7');
  });

  it('win for one signal over those for all, and with AUTOLOOP_ over all', () => {
    const { traces, metrics } = readOtelOptions({
      OTEL_EXPORTER_OTLP_TIMEOUT: '1',
      OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '2',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      AUTOLOOP_OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    });
    expect([traces?.timeoutMs, metrics?.timeoutMs]).toEqual([2, 1]);
    expect([traces?.protocol, metrics?.protocol]).toEqual(['http/json', 'http/json']);
  });

  it('switch all off, or one signal', () => {
    expect(readOtelOptions({ OTEL_SDK_DISABLED: 'TRUE' })).toMatchObject({
      ...{ traces: null, metrics: null },
    });
    expect(readOtelOptions({ OTEL_TRACES_EXPORTER: 'none' })).toMatchObject({ traces: null });
    expect(readOtelOptions({ OTEL_METRICS_EXPORTER: 'none' }).traces).not.toBe(null);
  });

  it('name the service: their own, that of the resource, autoloop', () => {
    const resource = { OTEL_RESOURCE_ATTRIBUTES: 'service.name=a,team=b%3D' };
    expect(readOtelOptions(resource)).toMatchObject({
      serviceName: 'a',
      resource: { team: 'b=' },
    });
    expect(readOtelOptions({ ...resource, OTEL_SERVICE_NAME: 'c' }).serviceName).toBe('c');
  });

  it('are unset where they are empty', () => {
    expect(readOtelOptions({ OTEL_EXPORTER_OTLP_TIMEOUT: '' }).traces?.timeoutMs).toBe(10_000);
  });

  it('name files of keys for TLS', () => {
    const ca = join(temporaryFolder(), 'ca.pem');
    writeFileSync(ca, 'PEM');
    expect(readOtelOptions({ OTEL_EXPORTER_OTLP_CERTIFICATE: ca }).traces?.tls).toEqual({
      ca: 'PEM',
    });
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4317', /not the URL of a collector/],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'file:///etc/passwd', /not the URL of a collector/],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc', /not a protocol that autoloop speaks/],
    ['OTEL_TRACES_EXPORTER', 'console', /not an exporter that autoloop has/],
    ['OTEL_EXPORTER_OTLP_COMPRESSION', 'zstd', /not a compression/],
    ['OTEL_EXPORTER_OTLP_TIMEOUT', '10s', /not a number/],
    ['OTEL_BSP_MAX_QUEUE_SIZE', '0', /not a number/],
    ['OTEL_EXPORTER_OTLP_CERTIFICATE', '/nowhere.pem', /ENOENT/],
    ['OTEL_RESOURCE_ATTRIBUTES', 'team', /not a list of pairs/],
  ])('are refused with a fix before a loop begins: %s=%s', (name, value, message) => {
    const error = errorOf({ [name]: value });
    expect(error.code).toBe(150);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(name);
    expect(error.fix).toContain(`AUTOLOOP_${name}=`);
  });

  it.each(['x-key hunter2hunter2', 'x key=hunter2hunter2', 'x-key=hunter2%0Ahunter2'])(
    'are refused without the value of a header: %s',
    (value) => {
      const { message, fix } = errorOf({ OTEL_EXPORTER_OTLP_HEADERS: value });
      expect(`${message} ${fix}`).toContain('OTEL_EXPORTER_OTLP_HEADERS');
      expect(`${message} ${fix}`).not.toContain('hunter2');
    },
  );

  it('are refused without the login in a URL', () => {
    const { message } = errorOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://me:hunter2@host' });
    expect(message).not.toContain('hunter2');
  });
});

function errorOf(environment: Readonly<Record<string, string>>): AutoloopError {
  try {
    readOtelOptions(environment);
  } catch (error) {
    if (error instanceof AutoloopError) {
      return error;
    }
  }
  throw new Error('It was not refused.');
}
