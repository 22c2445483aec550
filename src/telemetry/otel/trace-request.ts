import { keyValues, nanoseconds, type OtlpMessage, type Sender } from './otlp-request.ts';
import type { Span } from './span.ts';

/** `ExportTraceServiceRequest`. */
export function traceRequest(spans: readonly Span[], { resource, scope }: Sender): OtlpMessage {
  return { resourceSpans: [{ resource, scopeSpans: [{ scope, spans: spans.map(spanMessage) }] }] };
}

function spanMessage(span: Span): OtlpMessage {
  const { traceId, spanId, parentSpanId, name, status, droppedEvents } = span;
  return {
    ...{ traceId, spanId, ...(parentSpanId !== null && { parentSpanId }), name, kind: INTERNAL },
    startTimeUnixNano: nanoseconds(span.startMs),
    endTimeUnixNano: nanoseconds(span.endMs),
    attributes: keyValues(span.attributes),
    events: span.events.map((event) => ({
      timeUnixNano: nanoseconds(event.atMs),
      name: event.name,
      attributes: keyValues(event.attributes),
    })),
    ...(droppedEvents > 0 && { droppedEventsCount: droppedEvents }),
    status: status === null ? {} : statusMessage(status),
  };
}

const INTERNAL = 1;

function statusMessage({ isOk, message }: NonNullable<Span['status']>): OtlpMessage {
  return isOk ? { code: 1 } : { code: 2, ...(message !== undefined && { message }) };
}
