import { otelError } from './otel-error.ts';
import type { Found } from './otel-variable.ts';

/** `a, b` → `['a', 'b']`. */
export function wordsOf(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** `key=value,key=value`, percent signs decoded, as in W3C's baggage. Throws AutoloopError 150, without the values. */
export function pairsOf(found: Found | null): Record<string, string> {
  const pairs = wordsOf(found?.value ?? '').map((pair): [string, string] => {
    const [key = '', ...rest] = pair.split('=');
    const value = decoded(rest.join('=').trim());
    if (key.trim() === '' || rest.length === 0 || value === null) {
      const at = { name: found?.name ?? '', value: '…' };
      throw otelError(at, 'a list of pairs', 'NAME=VALUE,NAME=VALUE, with %2C for a comma');
    }
    return [decoded(key.trim()) ?? key.trim(), value];
  });
  return Object.fromEntries(pairs);
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
