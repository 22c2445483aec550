import type { OtlpMessage, OtlpValue } from './otlp-request.ts';
import { fieldOf, type Field } from './protobuf-messages.ts';

/** A message of that name as protobuf. */
export function protobufOf(name: string, message: OtlpMessage): Buffer {
  const fields = Object.entries(message).flatMap(([field, value]) =>
    value === undefined ? [] : fieldBytes(fieldOf(name, field), value),
  );
  return Buffer.concat(fields);
}

function fieldBytes({ number, kind }: Field, value: OtlpValue): Buffer[] {
  if (!isList(value)) {
    return taggedValue({ number, kind }, value);
  }
  const packed = PACKED[kind];
  return packed === undefined
    ? value.flatMap((item) => taggedValue({ number, kind }, item))
    : [tag(number, LENGTH), ...withLength(Buffer.concat(value.map(packed)))];
}

function taggedValue({ number, kind }: Field, value: OtlpValue): Buffer[] {
  const scalar = SCALARS[kind];
  if (scalar !== undefined) {
    return [tag(number, scalar.wire), ...scalar.write(value)];
  }
  return [tag(number, LENGTH), ...withLength(isMessage(value) ? protobufOf(kind, value) : EMPTY)];
}

const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH = 2;
const EMPTY = Buffer.alloc(0);

const PACKED: Readonly<Record<string, (value: OtlpValue) => Buffer>> = {
  packedFixed64: fixed64,
  packedDouble: double,
};

interface Scalar {
  readonly wire: number;
  readonly write: (value: OtlpValue) => Buffer[];
}

const SCALARS: Readonly<Record<string, Scalar>> = {
  string: { wire: LENGTH, write: (value) => withLength(Buffer.from(textOf(value))) },
  hex: { wire: LENGTH, write: (value) => withLength(Buffer.from(textOf(value), 'hex')) },
  bool: { wire: VARINT, write: (value) => [varint(value === true ? 1n : 0n)] },
  varint: { wire: VARINT, write: (value) => [varint(BigInt(textOf(value)))] },
  fixed64: { wire: EIGHT_BYTES, write: (value) => [fixed64(value)] },
  double: { wire: EIGHT_BYTES, write: (value) => [double(value)] },
};

function tag(number: number, wire: number): Buffer {
  return varint(BigInt((number << 3) | wire));
}

function withLength(bytes: Buffer): Buffer[] {
  return [varint(BigInt(bytes.length)), bytes];
}

/** Seven bits a byte, the lowest first; a negative number as its 64 bits. */
function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return Buffer.from([...bytes, Number(rest)]);
}

function fixed64(value: OtlpValue): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(textOf(value)));
  return bytes;
}

function double(value: OtlpValue): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(Number(value));
  return bytes;
}

function textOf(value: OtlpValue): string {
  return typeof value === 'object' ? '' : String(value);
}

function isList(value: OtlpValue): value is readonly OtlpValue[] {
  return Array.isArray(value);
}

function isMessage(value: OtlpValue): value is OtlpMessage {
  return typeof value === 'object' && !isList(value);
}
