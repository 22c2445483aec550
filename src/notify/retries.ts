/** Tries of one notification, the first one among them. */
export const MOST_TRIES = 6;

/** What a receiver may ask for; longer is given up. */
export const LONGEST_WAIT_MS = 300_000;

/** Doubled each time from a second on, at most half a minute; moved by chance, so that not all come at once. ms. */
export function backoffMs(tries: number, chance: () => number): number {
  return Math.min(30_000, 1_000 * 2 ** (tries - 1)) * (0.5 + chance());
}

/** Where the runner ends, there is little time. ms. */
export function hurriedMs(tries: number): number {
  return 100 * 2 ** tries;
}
