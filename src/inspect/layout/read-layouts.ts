import type { Layout } from './layout.ts';

/** What `layOutMachines` wrote; a fingerprint vouches for the rest of its layout. Throws for anything else. */
export function readLayouts(text: string): readonly Layout[] {
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value) || !value.every(isLayout)) {
    throw new TypeError('These are no layouts.');
  }
  return value;
}

function isLayout(value: unknown): value is Layout {
  return (
    typeof value === 'object' &&
    value !== null &&
    'fingerprint' in value &&
    typeof value.fingerprint === 'string'
  );
}
