import { usdText } from '../../domain/price.ts';
import type { Tokens } from '../../domain/tokens.ts';

/** `$1.23`; small ones keep what tells them apart. null: nobody told. */
export function costText(usd: number | null): string {
  if (usd === null) {
    return '–';
  }
  return usdText(usd);
}

/** `1.2M in, 34k out, 5.0M cached`; null: nobody told. */
export function tokensText(tokens: Tokens | null): string {
  return tokens === null
    ? '–'
    : `${countText(tokens.in)} in, ${countText(tokens.out)} out, ${countText(tokens.cached)} cached`;
}

/** `12.3 MB`, `45 kB`, `812 bytes`. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) {
    return `${bytes} bytes`;
  }
  return bytes < 1_000_000
    ? `${Math.round(bytes / 1000)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** `812`, `34k`, `1.2M`. */
export function countText(count: number): string {
  if (count < 1000) {
    return String(count);
  }
  return count < 1_000_000 ? `${Math.round(count / 1000)}k` : `${(count / 1_000_000).toFixed(1)}M`;
}

/** `3 iterations`, `1 iteration`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
