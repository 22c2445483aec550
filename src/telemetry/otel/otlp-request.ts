/**
 * A request of OTLP in the JSON form of its protobuf messages: names in camelCase, ids in hex, 64-bit numbers as text.
 * `protobuf-messages.ts` knows the same messages by number.
 */
export interface OtlpMessage {
  readonly [field: string]: OtlpValue;
}

export type OtlpValue = string | number | boolean | OtlpMessage | readonly OtlpValue[] | undefined;

/** Who sends it. */
export interface Sender {
  readonly resource: OtlpMessage;
  readonly scope: OtlpMessage;
}

/** Epoch ms → ns, as text: more than a number holds. */
export function nanoseconds(epochMs: number): string {
  return `${Math.max(0, Math.round(epochMs))}000000`;
}

/** Without numbers that JSON does not know. */
export function keyValues(
  attributes: Readonly<Record<string, string | number | boolean>>,
): OtlpMessage[] {
  return Object.entries(attributes)
    .filter(([, value]) => typeof value !== 'number' || Number.isFinite(value))
    .map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: string | number | boolean): OtlpMessage {
  if (typeof value === 'string') {
    return { stringValue: value.toWellFormed() };
  }
  if (typeof value === 'boolean') {
    return { boolValue: value };
  }
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
