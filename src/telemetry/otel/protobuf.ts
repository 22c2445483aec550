import type { OtlpMessage, OtlpValue } from './otlp-request.ts';
import { fieldOf, type Field } from './protobuf-messages.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

/** A message of that name as protobuf. */
export function protobufOf(name: string, message: OtlpMessage): Uint8Array {
  const writer = new ProtobufWriter();
  writeFields(writer, name, message);
  return writer.finish();
}

function writeFields(writer: ProtobufWriter, name: string, message: OtlpMessage): void {
  for (const [field, value] of Object.entries(message)) {
    if (value !== undefined) {
      writeField(writer, fieldOf(name, field), value);
    }
  }
}

function writeField(writer: ProtobufWriter, field: Field, value: OtlpValue): void {
  const packed = PACKED[field.kind];
  if (!isList(value)) {
    writeOne(writer, field, value);
  } else if (packed === undefined) {
    value.forEach((item) => writeOne(writer, field, item));
  } else {
    writer.tag(field.number, LENGTH);
    writer.withLength(() => value.forEach((item) => packed(writer, item)));
  }
}

function writeOne(writer: ProtobufWriter, { number, kind }: Field, value: OtlpValue): void {
  const scalar = SCALARS[kind];
  if (scalar !== undefined) {
    writer.tag(number, scalar.wire);
    scalar.write(writer, value);
  } else if (isMessage(value)) {
    writer.tag(number, LENGTH);
    writer.withLength(() => writeFields(writer, kind, value));
  }
}

type Write = (writer: ProtobufWriter, value: OtlpValue) => void;

const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH = 2;

const fixed64: Write = (writer, value) => writer.fixed64(textOf(value));
const double: Write = (writer, value) => writer.double(Number(value));

const PACKED: Readonly<Record<string, Write>> = { packedFixed64: fixed64, packedDouble: double };

const SCALARS: Readonly<Record<string, { readonly wire: number; readonly write: Write }>> = {
  string: { wire: LENGTH, write: (writer, value) => writer.text(textOf(value), 'utf8') },
  hex: { wire: LENGTH, write: (writer, value) => writer.text(textOf(value), 'hex') },
  bool: { wire: VARINT, write: (writer, value) => writer.varint(value === true ? 1 : 0) },
  varint: { wire: VARINT, write: (writer, value) => writer.varint(Number(textOf(value))) },
  fixed64: { wire: EIGHT_BYTES, write: fixed64 },
  double: { wire: EIGHT_BYTES, write: double },
};

function textOf(value: OtlpValue): string {
  return typeof value === 'object' ? '' : String(value);
}

function isList(value: OtlpValue): value is readonly OtlpValue[] {
  return Array.isArray(value);
}

function isMessage(value: OtlpValue): value is OtlpMessage {
  return typeof value === 'object' && !isList(value);
}
