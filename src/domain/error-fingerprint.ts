import type { Outcome } from './outcome.ts';

const LONGEST = 160;

/**
 * The same for the same error, however often it comes: what differs each time (numbers, ids, times, temporary paths)
 * is left out of its words.
 */
export function errorFingerprint(outcome: Outcome, reason: string): string {
  const words = reason
    .toLowerCase()
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, '#')
    .replaceAll(/\b0x[0-9a-f]+\b|\b(?=[0-9a-f]*\d)[0-9a-f]{7,}\b/g, '#')
    .replaceAll(/\/(?:tmp|var\/folders)\/\S+/g, '#')
    .replaceAll(/\d+(?:[.:,]\d+)*/g, '#')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return `${outcome}: ${words}`.slice(0, LONGEST);
}
