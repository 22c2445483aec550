/** A check for every field of `Value`; one that is forgotten does not compile. */
export type Shape<Value> = { readonly [Field in keyof Value]-?: Check };
export type Check = (value: unknown) => boolean;

/** By hand, as the isolation layer goes without zod. Fields that nobody asks for may be there. */
export function hasShape<Value>(value: unknown, shape: Shape<Value>): value is Value {
  return misfit(value, shape) === null;
}

/** What keeps the value from having this shape, told to the operator; null: it has it. */
export function misfit<Value>(value: unknown, shape: Shape<Value>): string | null {
  if (!isRecord(value)) {
    return 'it is no JSON object';
  }
  // A million lines are held against one shape: nothing is made anew for each.
  for (const field in shape) {
    if (!shape[field](value[field])) {
      return `its field "${field}" is missing or wrong`;
    }
  }
  return null;
}

/** A JSON object: neither null nor an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Nothing of ours is nested that deep; what walks through something deeper may run out of stack. */
export function isShallow(value: unknown, levels: number = MOST_LEVELS): boolean {
  return (
    typeof value !== 'object' ||
    value === null ||
    (levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1)))
  );
}

const MOST_LEVELS = 100;

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** A pid, a version, how often something happened. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

export function listOf(isRight: Check): Check {
  return (value) => Array.isArray(value) && value.every(isRight);
}

export function orNull(isRight: Check): Check {
  return (value) => value === null || isRight(value);
}
