/** Names what a value is, never what it says: it may be a secret. */
export function describeValue(value: unknown): string {
  if (value === undefined) {
    return 'nothing (undefined)';
  }
  if (value === null) {
    return 'null';
  }
  if (value === '') {
    return 'an empty string';
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty array' : 'an array';
  }
  return typeof value === 'object' ? describeObject(value) : `a ${typeof value}`;
}

function describeObject(value: object): string {
  const keys = Object.keys(value);
  return keys.length === 0 ? 'an empty object' : `an object with ${keys.slice(0, 8).join(', ')}`;
}
