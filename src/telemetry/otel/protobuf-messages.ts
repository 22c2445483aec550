/** A field of a message. */
export interface Field {
  readonly number: number;
  /** How it travels: a scalar of `protobuf.ts`, or the name of a message. */
  readonly kind: string;
}

/** Throws where the table has no such field: then it was never meant to be written. */
export function fieldOf(message: string, name: string): Field {
  const field = MESSAGES.get(message)?.get(name);
  if (field === undefined) {
    throw new Error(`The message ${message} has no field ${name}.`);
  }
  return field;
}

/**
 * Number and kind of each field that we write, from the definitions of OpenTelemetry, which are stable: trace/v1,
 * metrics/v1, common/v1, resource/v1. The two requests hold what their service takes.
 */
const MESSAGE_FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  TraceRequest: { resourceSpans: '1 ResourceSpans' },
  ResourceSpans: { resource: '1 Resource', scopeSpans: '2 ScopeSpans' },
  ScopeSpans: { scope: '1 Scope', spans: '2 Span' },
  Span: {
    ...{ traceId: '1 hex', spanId: '2 hex', parentSpanId: '4 hex', name: '5 string' },
    ...{ kind: '6 varint', startTimeUnixNano: '7 fixed64', endTimeUnixNano: '8 fixed64' },
    ...{ attributes: '9 KeyValue', events: '11 Event', droppedEventsCount: '12 varint' },
    status: '15 Status',
  },
  Event: { timeUnixNano: '1 fixed64', name: '2 string', attributes: '3 KeyValue' },
  Status: { message: '2 string', code: '3 varint' },
  MetricsRequest: { resourceMetrics: '1 ResourceMetrics' },
  ResourceMetrics: { resource: '1 Resource', scopeMetrics: '2 ScopeMetrics' },
  ScopeMetrics: { scope: '1 Scope', metrics: '2 Metric' },
  Metric: {
    ...{ name: '1 string', description: '2 string', unit: '3 string' },
    ...{ gauge: '5 Gauge', sum: '7 Sum', histogram: '9 Histogram', summary: '11 Summary' },
  },
  Gauge: { dataPoints: '1 NumberPoint' },
  Sum: { dataPoints: '1 NumberPoint', aggregationTemporality: '2 varint', isMonotonic: '3 bool' },
  Histogram: { dataPoints: '1 HistogramPoint', aggregationTemporality: '2 varint' },
  Summary: { dataPoints: '1 SummaryPoint' },
  NumberPoint: {
    ...{ startTimeUnixNano: '2 fixed64', timeUnixNano: '3 fixed64', asDouble: '4 double' },
    attributes: '7 KeyValue',
  },
  HistogramPoint: {
    ...{ startTimeUnixNano: '2 fixed64', timeUnixNano: '3 fixed64', count: '4 fixed64' },
    ...{ sum: '5 double', bucketCounts: '6 packedFixed64', explicitBounds: '7 packedDouble' },
    ...{ attributes: '9 KeyValue', min: '11 double', max: '12 double' },
  },
  SummaryPoint: {
    ...{ startTimeUnixNano: '2 fixed64', timeUnixNano: '3 fixed64', count: '4 fixed64' },
    ...{ sum: '5 double', quantileValues: '6 ValueAtQuantile', attributes: '7 KeyValue' },
  },
  ValueAtQuantile: { quantile: '1 double', value: '2 double' },
  Resource: { attributes: '1 KeyValue' },
  Scope: { name: '1 string', version: '2 string' },
  KeyValue: { key: '1 string', value: '2 AnyValue' },
  AnyValue: {
    ...{ stringValue: '1 string', boolValue: '2 bool', intValue: '3 varint' },
    doubleValue: '4 double',
  },
};

const MESSAGES: ReadonlyMap<string, ReadonlyMap<string, Field>> = new Map(
  Object.entries(MESSAGE_FIELDS).map(([message, fields]) => [message, parsed(fields)]),
);

function parsed(fields: Readonly<Record<string, string>>): ReadonlyMap<string, Field> {
  return new Map(
    Object.entries(fields).map(([name, written]) => {
      const [number = '', kind = ''] = written.split(' ');
      return [name, { number: Number(number), kind }];
    }),
  );
}
