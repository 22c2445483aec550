import { marker } from '../marker.ts';

/**
 * Whether a private key begins at `index`, or stood there: other runs end before it, for only the
 * rule for keys can follow it over lines.
 */
export function privateKeyBeginsAt(text: string, index: number): boolean {
  return privateKeyBodyAt(text, index) !== -1 || text.startsWith(HIDDEN_KEY, index);
}

/** Behind the `-----BEGIN … PRIVATE KEY-----` at `index`, or -1. */
export function privateKeyBodyAt(text: string, index: number): number {
  BEGIN.lastIndex = index;
  return BEGIN.test(text) ? BEGIN.lastIndex : -1;
}

const HIDDEN_KEY = marker('private-key');
const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
