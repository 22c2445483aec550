/** How an attempt may come to its end. */
export const ENDINGS = [
  'ends by itself',
  'times out',
  'is stopped',
  'is stopped twice',
  'loses its runner',
  'loses its isolation layer',
] as const;

export type Ending = (typeof ENDINGS)[number];

export const GRACE_MS = 300;
