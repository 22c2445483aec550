import { named, type Definitions } from '../setting-definition.ts';
import { count, path, yesOrNo } from '../setting-values.ts';

/** Where figures go. No plain `METRICS_PORT`: whoever sets it may mean another program. */
export const telemetrySettings: Definitions<'metricsFile' | 'metricsPort' | 'otel'> = {
  metricsFile: {
    name: 'metricsFile',
    ...named('metrics-file', 'AUTOLOOP_METRICS_FILE', 'file'),
    schema: path(),
    fallback: null,
    help: 'keep the metrics in this file as OpenMetrics text; in the older format of Prometheus where it ends in .prom',
  },
  metricsPort: {
    name: 'metricsPort',
    ...named('metrics-port', 'AUTOLOOP_METRICS_PORT', 'port'),
    schema: count(0, 65_535),
    fallback: 0,
    help: 'serve the metrics at http://127.0.0.1:PORT/metrics; 0 is off',
  },
  otel: {
    name: 'otel',
    ...named('otel', 'AUTOLOOP_OTEL', 'yes|no'),
    schema: yesOrNo(),
    fallback: false,
    standsAlone: true,
    help: 'send traces and metrics by OpenTelemetry; where to is told by OTEL_EXPORTER_OTLP_ENDPOINT and its kin',
  },
};
