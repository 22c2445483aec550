import { readFileSync } from 'node:fs';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { pairsOf } from './environment-lists.ts';
import { otelError } from './otel-error.ts';
import type { Found } from './otel-variable.ts';

export type OtlpProtocol = 'http/json' | 'http/protobuf';

/** Throws without the value of a header, as each of these throws AutoloopError 150. */
export function headersOf(found: Found | null): Record<string, string> {
  const headers = pairsOf(found);
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      const at = { name: found?.name ?? '', value: '…' };
      throw otelError(at, `a list of headers (look at "${name}")`, 'NAME=VALUE,NAME=VALUE');
    }
  }
  return headers;
}

export function protocolOf(found: Found | null): OtlpProtocol {
  const value = found?.value.trim() ?? 'http/protobuf';
  if (value === 'http/json' || value === 'http/protobuf') {
    return value;
  }
  throw otelError(
    found ?? { name: '', value },
    'a protocol that autoloop speaks',
    'http/protobuf or http/json, as a rule on port 4318',
  );
}

/** Whether it is gzip. */
export function compressionOf(found: Found | null): boolean {
  const value = found?.value.trim() ?? 'none';
  if (value !== 'none' && value !== 'gzip') {
    throw otelError(found ?? { name: '', value }, 'a compression', 'gzip or none');
  }
  return value === 'gzip';
}

export function numberOf(found: Found | null, fallback: number): number {
  if (found === null) {
    return fallback;
  }
  const value = /^\d{1,9}$/.test(found.value.trim()) ? Number(found.value) : 0;
  if (value === 0) {
    throw otelError(found, 'a number', 'a whole number from 1 on; times in milliseconds');
  }
  return value;
}

/** Of the file that it names. */
export function contentOf(found: Found | null): string | undefined {
  try {
    return found === null ? undefined : readFileSync(found.value, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw otelError(found ?? { name: '', value: '' }, `a file that can be read (${why})`, 'PEM');
  }
}
