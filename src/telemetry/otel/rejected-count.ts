/** What a collector says it has not kept of a request it took. */
export interface Rejected {
  readonly count: number;
  readonly reason: string;
}

/** Of `partialSuccess` in an answer in JSON; nothing where it is no such answer. */
export function rejectedInJson(body: Buffer): Rejected {
  try {
    const answer: unknown = JSON.parse(body.toString());
    const partial = fieldIn(answer, 'partialSuccess');
    const count = Number(
      fieldIn(partial, 'rejectedSpans') ?? fieldIn(partial, 'rejectedDataPoints') ?? 0,
    );
    const reason = fieldIn(partial, 'errorMessage');
    return {
      count: Number.isSafeInteger(count) && count > 0 ? count : 0,
      reason: typeof reason === 'string' ? reason : '',
    };
  } catch {
    return NOTHING;
  }
}

/** The same in protobuf: field 1 holds the count as field 1 and the reason as field 2. */
export function rejectedInProtobuf(body: Buffer): Rejected {
  const partial = fieldsOf(body).get(1);
  if (!Buffer.isBuffer(partial)) {
    return NOTHING;
  }
  const fields = fieldsOf(partial);
  const count = fields.get(1);
  const reason = fields.get(2);
  return {
    count: typeof count === 'number' ? count : 0,
    reason: Buffer.isBuffer(reason) ? reason.toString() : '',
  };
}

const NOTHING: Rejected = { count: 0, reason: '' };

function fieldIn(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

/** Varints and byte strings up to the first field that is neither, or the first that is cut off. */
function fieldsOf(bytes: Buffer): ReadonlyMap<number, number | Buffer> {
  const fields = new Map<number, number | Buffer>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; at < bytes.length && shift < 50; shift += 7) {
      const byte = bytes[at] ?? 0;
      at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        return value;
      }
    }
    at = bytes.length;
    return 0;
  };
  while (at < bytes.length) {
    const key = varint();
    const value = varint();
    if ((key & 7) === 0) {
      fields.set(key >> 3, value);
    } else if ((key & 7) === 2 && value <= bytes.length - at) {
      fields.set(key >> 3, bytes.subarray(at, at + value));
      at += value;
    } else {
      break;
    }
  }
  return fields;
}
