import type { Environment } from '../../domain/environment.ts';

export type Signal = 'TRACES' | 'METRICS';

export interface Found {
  /** Of the variable, as it is set. */
  readonly name: string;
  readonly value: string;
}

/**
 * A variable of OpenTelemetry. With `AUTOLOOP_` before it, it wins, and agents, which may read the plain ones, do not see
 * it. With a signal, `name` is that of an exporter's option: the signal's own wins over that of all. Empty is unset.
 */
export function valueIn(environment: Environment, name: string, signal?: Signal): Found | null {
  const names =
    signal === undefined
      ? [name]
      : [`OTEL_EXPORTER_OTLP_${signal}_${name}`, `OTEL_EXPORTER_OTLP_${name}`];
  for (const candidate of [...names.map((plain) => `AUTOLOOP_${plain}`), ...names]) {
    const value = environment[candidate];
    if (value !== undefined && value.trim() !== '') {
      return { name: candidate, value };
    }
  }
  return null;
}
