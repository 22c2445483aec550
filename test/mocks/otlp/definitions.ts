import root from '@opentelemetry/otlp-transformer/build/src/generated/root.js';

/** A message of OTLP as OpenTelemetry itself defines it: its generated code, none of ours. */
export interface Definition {
  decode(bytes: Uint8Array): object;
  encode(message: object): { finish(): Uint8Array };
  fromObject(plain: object): object;
  toObject(message: object, options: object): unknown;
}

export const REQUESTS = {
  traces: definitionAt('collector.trace.v1.ExportTraceServiceRequest'),
  metrics: definitionAt('collector.metrics.v1.ExportMetricsServiceRequest'),
};

export const RESPONSES = {
  traces: definitionAt('collector.trace.v1.ExportTraceServiceResponse'),
  metrics: definitionAt('collector.metrics.v1.ExportMetricsServiceResponse'),
};

/** The generated code has no types of its own. */
function definitionAt(name: string): Definition {
  const found = `opentelemetry.proto.${name}`
    .split('.')
    .reduce((part: unknown, key) => (isHolder(part) ? Reflect.get(part, key) : undefined), root);
  if (!isDefinition(found)) {
    throw new Error(`OpenTelemetry's definitions have no ${name}.`);
  }
  return found;
}

function isHolder(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function isDefinition(value: unknown): value is Definition {
  const methods = ['decode', 'encode', 'fromObject', 'toObject'];
  return isHolder(value) && methods.every((name) => typeof Reflect.get(value, name) === 'function');
}
