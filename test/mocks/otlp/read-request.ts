import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { REQUESTS } from './definitions.ts';

export type Signal = keyof typeof REQUESTS;

export interface Received {
  readonly signal: Signal;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly bytes: number;
  /** In the JSON form of the protocol: ids in hex, 64-bit numbers as text. */
  readonly message: Message;
}

export type Message = z.infer<typeof messageSchema>;

interface Arrived {
  readonly signal: Signal;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** Throws where a collector would answer 400: what is no request of the protocol, or has fields that it does not know. */
export function readRequest({ signal, headers, body }: Arrived): Received {
  const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  const contentType = String(headers['content-type']);
  const message =
    contentType === 'application/json' ? fromJson(signal, plain) : fromBytes(signal, plain);
  return {
    ...{ signal, contentType, headers, bytes: body.length },
    message: messageSchema.parse(message),
  };
}

/** What the definitions do not know, or know in another form, does not come back from them. */
function fromJson(signal: Signal, body: Buffer): unknown {
  const sent: unknown = JSON.parse(body.toString());
  const inBytes = z.record(z.string(), z.unknown()).parse(changedIds(sent, 'hex', 'base64'));
  const definition = REQUESTS[signal];
  const bytes = definition.encode(definition.fromObject(inBytes)).finish();
  const read = fromBytes(signal, Buffer.from(bytes));
  if (!isDeepStrictEqual(read, withoutEmptyLists(sent))) {
    throw new Error('The JSON is not what the protocol has for its messages.');
  }
  return read;
}

/** An empty list and none are the same to protobuf. */
function withoutEmptyLists(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutEmptyLists);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const filled = Object.entries(value).filter(
    ([, item]) => !Array.isArray(item) || item.length > 0,
  );
  return Object.fromEntries(filled.map(([key, item]) => [key, withoutEmptyLists(item)]));
}

function fromBytes(signal: Signal, body: Buffer): unknown {
  const definition = REQUESTS[signal];
  const plain = definition.toObject(definition.decode(body), { longs: String, bytes: String });
  // Through JSON, as it has prototypes of its own.
  return changedIds(JSON.parse(JSON.stringify(plain)), 'base64', 'hex');
}

const IDS = new Set(['traceId', 'spanId', 'parentSpanId']);

function changedIds(value: unknown, from: BufferEncoding, to: BufferEncoding): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => changedIds(item, from, to));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const changed = Object.entries(value).map(([key, item]): [string, unknown] =>
    IDS.has(key) && typeof item === 'string'
      ? [key, Buffer.from(item, from).toString(to)]
      : [key, changedIds(item, from, to)],
  );
  return Object.fromEntries(changed);
}

const anyValue = z.union([
  z.strictObject({ stringValue: z.string() }).transform(({ stringValue }) => stringValue),
  z.strictObject({ intValue: z.string() }).transform(({ intValue }) => Number(intValue)),
  z.strictObject({ doubleValue: z.number() }).transform(({ doubleValue }) => doubleValue),
  z.strictObject({ boolValue: z.boolean() }).transform(({ boolValue }) => boolValue),
]);
const attributes = z
  .array(z.strictObject({ key: z.string().min(1), value: anyValue }))
  .default([])
  .refine((pairs) => new Set(pairs.map(({ key }) => key)).size === pairs.length, 'unique keys')
  .transform((pairs) => Object.fromEntries(pairs.map(({ key, value }) => [key, value])));
const nanos = z.string().regex(/^\d{19}$/);
const id = (digits: number) => z.string().regex(new RegExp(`^(?!0+$)[0-9a-f]{${digits}}$`));
const span = z
  .strictObject({
    ...{ traceId: id(32), spanId: id(16), parentSpanId: id(16).optional() },
    ...{ name: z.string().min(1), kind: z.number().min(1).max(5) },
    ...{ startTimeUnixNano: nanos, endTimeUnixNano: nanos, attributes },
    events: z
      .array(z.strictObject({ timeUnixNano: nanos, name: z.string().min(1), attributes }))
      .default([]),
    droppedEventsCount: z.number().optional(),
    status: z.strictObject({
      code: z.number().max(2).optional(),
      message: z.string().optional(),
    }),
  })
  .refine((one) => BigInt(one.endTimeUnixNano) >= BigInt(one.startTimeUnixNano), 'it ends early');
const times = { startTimeUnixNano: nanos, timeUnixNano: nanos };
const numberPoint = z.strictObject({ ...times, attributes, asDouble: z.number() });
const gaugePoint = z.strictObject({ timeUnixNano: nanos, attributes, asDouble: z.number() });
const histogramPoint = z
  .strictObject({
    ...{ ...times, attributes, count: z.string(), sum: z.number() },
    ...{ min: z.number(), max: z.number() },
    ...{ bucketCounts: z.array(z.string()), explicitBounds: z.array(z.number()) },
  })
  .refine((one) => one.bucketCounts.length === one.explicitBounds.length + 1, 'buckets')
  .refine(
    (one) => one.bucketCounts.reduce((sum, n) => sum + Number(n), 0) === Number(one.count),
    'counts',
  );
const summaryPoint = z.strictObject({
  ...{ ...times, attributes, count: z.string(), sum: z.number() },
  quantileValues: z.array(z.strictObject({ quantile: z.number(), value: z.number() })).default([]),
});
const metric = z.strictObject({
  ...{ name: z.string().min(1), description: z.string().optional(), unit: z.string().optional() },
  gauge: z.strictObject({ dataPoints: z.array(gaugePoint).min(1) }).optional(),
  sum: z
    .strictObject({
      dataPoints: z.array(numberPoint).min(1),
      ...{ aggregationTemporality: z.literal(2), isMonotonic: z.literal(true) },
    })
    .optional(),
  histogram: z
    .strictObject({
      dataPoints: z.array(histogramPoint).min(1),
      aggregationTemporality: z.literal(2),
    })
    .optional(),
  summary: z.strictObject({ dataPoints: z.array(summaryPoint).min(1) }).optional(),
});
const resource = z.strictObject({ attributes });
const scope = z.strictObject({ name: z.string(), version: z.string() });
const messageSchema = z.strictObject({
  resourceSpans: z
    .array(
      z.strictObject({
        resource,
        scopeSpans: z.array(z.strictObject({ scope, spans: z.array(span).min(1) })),
      }),
    )
    .default([]),
  resourceMetrics: z
    .array(
      z.strictObject({
        resource,
        scopeMetrics: z.array(z.strictObject({ scope, metrics: z.array(metric).min(1) })),
      }),
    )
    .default([]),
});
