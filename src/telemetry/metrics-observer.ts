import { resolve } from 'node:path';
import { describeError } from '../domain/error.ts';
import { checkMetricsFile } from './metrics/check-metrics-file.ts';
import { MetricsFile } from './metrics/metrics-file.ts';
import { MetricsPage } from './metrics/metrics-page.ts';
import { MetricsServer } from './metrics/metrics-server.ts';
import { troubleOf, type Trouble } from './trouble.ts';
import type { TelemetryFacts, TelemetryObserver } from './telemetry-facts.ts';
import { WarnOnce } from './warn-once.ts';

/** `--metrics-file` and `--metrics-port`: the figures of the loop for whoever collects them. */
export function createObserver(facts: TelemetryFacts): TelemetryObserver {
  const { metricsFile, metricsPort } = facts.plan.settings;
  const page = new MetricsPage(facts);
  const told = new WarnOnce(facts, 'metrics_file_failed');
  const file = metricsFile === null ? null : openFile({ facts, page, told }, resolve(metricsFile));
  const server = metricsPort === 0 ? null : openServer({ facts, page }, metricsPort);
  return {
    observe(event) {
      page.observe(event);
      file?.changed();
      if (event.event === 'iteration_start') {
        server?.listen();
      }
    },
    async close() {
      told.end();
      server?.close();
      await file?.close();
    },
  };
}

/** Why the file can never be written; null: it can. Looked at before a loop begins. */
export function fileTrouble(path: string): Trouble | null {
  return troubleOf(() => checkMetricsFile(resolve(path)));
}

interface FileParts {
  readonly facts: TelemetryFacts;
  readonly page: MetricsPage;
  readonly told: WarnOnce;
}

function openFile({ facts, page, told }: FileParts, path: string): MetricsFile {
  const file = new MetricsFile({
    ...{ path, clock: facts.clock },
    text: (format) => page.text(format),
    failed: (error) =>
      told.trouble(`the metrics cannot be written to ${path}: ${describeError(error).message}`),
    written: () => told.over(`the metrics are written to ${path} again`),
  });
  file.changed();
  return file;
}

function openServer({ facts, page }: Omit<FileParts, 'told'>, port: number): MetricsServer {
  const told = new WarnOnce(facts, 'metrics_port_failed');
  const server = new MetricsServer({
    port,
    text: (format) => page.text(format),
    failed: (error) =>
      told.trouble(
        `the metrics cannot be served on port ${port}: ${error.message}; it is tried again with each iteration`,
      ),
    listening: () => told.over(`the metrics are served on port ${port} again`),
  });
  server.listen();
  return server;
}
