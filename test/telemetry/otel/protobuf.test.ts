import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { keyValues } from '../../../src/telemetry/otel/otlp-request.ts';
import { protobufOf } from '../../../src/telemetry/otel/protobuf.ts';
import { traceRequest } from '../../../src/telemetry/otel/trace-request.ts';
import { readRequest } from '../../mocks/otlp/read-request.ts';

describe('protobuf', () => {
  it("is what OpenTelemetry's own code reads, whatever attributes hold", () => {
    const values = fc.oneof(
      fc.string(),
      fc.maxSafeInteger(),
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      fc.boolean(),
    );
    const names = fc.string({ minLength: 1 }).filter((name) => name.isWellFormed());
    fc.assert(
      fc.property(fc.dictionary(names, values, { noNullPrototype: true }), (attributes) => {
        expect(readAttributes(attributes)).toEqual(
          Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, kept(value)])),
        );
      }),
    );
  });

  it.each([0, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152])(
    'holds texts of %i bytes, at each length of a length',
    (length) => {
      const text = 'x'.repeat(length);
      expect(readAttributes({ before: 1, text, after: -1 })).toEqual({
        before: 1,
        text,
        after: -1,
      });
    },
  );

  it('leaves out numbers that JSON has no words for', () => {
    expect(readAttributes({ good: 1.5, bad: NaN, worse: Infinity })).toEqual({ good: 1.5 });
  });

  it('writes no field that its table does not know', () => {
    expect(() => protobufOf('Span', { nmae: 'x' })).toThrow(/Span has no field nmae/);
  });
});

function readAttributes(attributes: Parameters<typeof keyValues>[0]): unknown {
  const span = {
    ...{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentSpanId: null, name: 'x' },
    ...{ startMs: 1_800_000_000_000, endMs: 1_800_000_000_001, attributes, events: [] },
    ...{ droppedEvents: 0, status: null },
  };
  const sender = { resource: {}, scope: { name: 'x', version: '1' } };
  const body = Buffer.from(protobufOf('TraceRequest', traceRequest([span], sender)));
  const headers = { 'content-type': 'application/x-protobuf' };
  const { message } = readRequest({ signal: 'traces', headers, body });
  return message.resourceSpans[0]?.scopeSpans[0]?.spans[0]?.attributes;
}

/** -0 is a whole number, and 0. */
function kept(value: string | number | boolean): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value === 0 ? 0 : value;
}
