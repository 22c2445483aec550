import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { VERSION } from '../../domain/version.ts';
import type { TelemetryPlan } from '../telemetry-facts.ts';
import type { OtelOptions } from './otel-options.ts';
import { keyValues, type Sender } from './otlp-request.ts';

/** Who a loop is to a collector; the resource attributes of the environment win, but for its service. */
export function senderOf(plan: TelemetryPlan, options: OtelOptions): Sender {
  const { loop, task, dataDirectory, redactor } = plan;
  const host = hostname();
  const attributes = redactor.redactValue({
    'host.name': host,
    // The same for all lives of a loop, another for each loop.
    'service.instance.id': createHash('sha256')
      .update(`${host} ${dataDirectory}`)
      .digest('hex')
      .slice(0, 32),
    'service.version': VERSION,
    ...options.resource,
    'service.name': options.serviceName,
    'telemetry.sdk.name': 'autoloop',
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.version': VERSION,
    'autoloop.loop': loop,
    'autoloop.task': task.name,
  });
  return {
    resource: { attributes: keyValues(attributes) },
    scope: { name: 'autoloop', version: VERSION },
  };
}
