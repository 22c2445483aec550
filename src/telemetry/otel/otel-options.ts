import type { Environment } from '../../domain/environment.ts';
import { pairsOf, wordsOf } from './environment-lists.ts';
import {
  compressionOf,
  contentOf,
  headersOf,
  numberOf,
  protocolOf,
  type OtlpProtocol,
} from './option-values.ts';
import { otelError } from './otel-error.ts';
import { valueIn, type Found, type Signal } from './otel-variable.ts';

/** What the standard variables `OTEL_*` ask for; docs/telemetry.md lists those that are read. */
export interface OtelOptions {
  /** null: not wanted. */
  readonly traces: SignalOptions | null;
  readonly metrics: SignalOptions | null;
  readonly serviceName: string;
  readonly resource: Readonly<Record<string, string>>;
  /** Spans that wait at most. */
  readonly mostWaiting: number;
  readonly batchSize: number;
  readonly batchDelayMs: number;
  readonly metricIntervalMs: number;
}

export interface SignalOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly protocol: OtlpProtocol;
  readonly timeoutMs: number;
  readonly gzip: boolean;
  readonly tls: TlsFiles;
}

/** PEM. */
export interface TlsFiles {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** Throws AutoloopError 150 where a variable asks for what cannot be had, naming it, but never a header's value. */
export function readOtelOptions(environment: Environment): OtelOptions {
  const number = (name: string, fallback: number): number =>
    numberOf(valueIn(environment, name), fallback);
  const resource = pairsOf(valueIn(environment, 'OTEL_RESOURCE_ATTRIBUTES'));
  const isDisabled =
    valueIn(environment, 'OTEL_SDK_DISABLED')?.value.trim().toLowerCase() === 'true';
  return {
    traces: isDisabled ? null : signalOptions(environment, 'TRACES'),
    metrics: isDisabled ? null : signalOptions(environment, 'METRICS'),
    serviceName:
      valueIn(environment, 'OTEL_SERVICE_NAME')?.value ?? resource['service.name'] ?? 'autoloop',
    resource,
    mostWaiting: number('OTEL_BSP_MAX_QUEUE_SIZE', 2_048),
    batchSize: number('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 512),
    batchDelayMs: number('OTEL_BSP_SCHEDULE_DELAY', 5_000),
    metricIntervalMs: number('OTEL_METRIC_EXPORT_INTERVAL', 60_000),
  };
}

function signalOptions(environment: Environment, signal: Signal): SignalOptions | null {
  const exporter = valueIn(environment, `OTEL_${signal}_EXPORTER`);
  const asked = wordsOf(exporter?.value ?? 'otlp');
  if (asked.includes('none')) {
    return null;
  }
  if (exporter && !asked.includes('otlp')) {
    throw otelError(exporter, 'an exporter that autoloop has', `otlp or none`);
  }
  const option = (name: string): Found | null => valueIn(environment, name, signal);
  const file = (name: string): string | undefined => contentOf(option(name));
  const [ca, cert, key] = [
    ...[file('CERTIFICATE'), file('CLIENT_CERTIFICATE'), file('CLIENT_KEY')],
  ];
  return {
    url: endpointOf(environment, signal),
    headers: headersOf(option('HEADERS')),
    protocol: protocolOf(option('PROTOCOL')),
    timeoutMs: numberOf(option('TIMEOUT'), 10_000),
    gzip: compressionOf(option('COMPRESSION')),
    tls: { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) },
  };
}

/** A signal's own endpoint is taken as it is; to that of all, the path of the signal is added. */
function endpointOf(environment: Environment, signal: Signal): URL {
  const found = valueIn(environment, 'ENDPOINT', signal);
  if (found === null) {
    return new URL(`http://localhost:4318${PATHS[signal]}`);
  }
  const url = URL.parse(found.value);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw otelError(found, 'the URL of a collector', 'http://localhost:4318, for example');
  }
  if (!found.name.includes(`_${signal}_`)) {
    url.pathname = `${url.pathname.replace(/\/$/, '')}${PATHS[signal]}`;
  }
  return url;
}

const PATHS: Readonly<Record<Signal, string>> = {
  TRACES: '/v1/traces',
  METRICS: '/v1/metrics',
};
