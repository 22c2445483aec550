import type { Failure } from './failure.ts';

/** A quota that is used up for long, not a pace that was too fast. */
export function isUsageLimit({ status, kind, reasons, words }: Failure): boolean {
  return (
    status === 429 &&
    !isCapacity(reasons, words) &&
    (kind === 'TerminalQuotaError' ||
      reasons.includes('QUOTA_EXHAUSTED') ||
      LIMIT_WORDS.test(words))
  );
}

// The service has too few machines: nothing of the user's is used up.
function isCapacity(reasons: readonly string[], words: string): boolean {
  return (
    reasons.some((reason) => reason.startsWith('MODEL_CAPACITY_')) ||
    /\bno capacity available|MODEL_CAPACITY_/i.test(words)
  );
}

// "You exceeded your current quota" without a word on when to retry is a paid key's quota of the day.
const LIMIT_WORDS =
  /\bexhausted your (?:daily quota|capacity)|\bquota (?:reached|will reset)|\bspend(?:ing)? cap\b|\bper day\b|\bresets (?:in|after) \d|^you exceeded your current quota(?![\s\S]*\bretry (?:in|after) )/i;

/** When a usage limit ends, by what stderr tells, else by its words ("Resets in 9h22m20s"). */
export function limitReset(
  { words, retryDelayMs }: Failure,
  endedAtEpochMs: number,
): number | null {
  const delayMs = retryDelayMs ?? delayInWords(words);
  return delayMs === null || delayMs === 0 ? null : Math.ceil(endedAtEpochMs + delayMs);
}

function delayInWords(words: string): number | null {
  const told = /\b(?:resets?|retry) (?:in|after) ((?:[\d.]+(?:ms|[dhms])){1,4})/i.exec(words)?.[1];
  if (told === undefined) {
    return null;
  }
  return [...told.matchAll(/([\d.]+)(ms|[dhms])/g)].reduce(
    (sum, [, count, unit]) => sum + (Number(count) || 0) * (UNITS_MS[unit ?? ''] ?? 0),
    0,
  );
}

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
