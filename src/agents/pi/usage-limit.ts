import { countOf, objectOf, textOf } from '../json-line.ts';
import type { ApiError } from './api-error.ts';

/** A plan's limit or quota, as its service names it, or says it where it has no name of its own for it. */
export function isUsageLimit({ kinds, message, words, status }: ApiError): boolean {
  return (
    kinds.some((kind) => LIMIT_KINDS.has(kind)) ||
    LIMIT_WORDS.test(message) ||
    (status === 429 && DAILY_QUOTA.test(words))
  );
}

const LIMIT_KINDS = new Set([
  // ChatGPT
  'usage_limit_reached',
  'subscription_sharing_usage_limit_exceeded',
  'subscription_sharing_workplace_individual_usage_limit_exceeded',
  // OpenCode
  'GoUsageLimitError',
  'FreeUsageLimitError',
  // GitHub Copilot
  'quota_exceeded',
  // Z.ai
  '1308',
  '1310',
]);

// Claude tells the window of a plan as the rate limit of an account; that of a key is one of an organization.
const LIMIT_WORDS =
  /\b(?:(?<!not your )usage limit\b|your account's (?:rate|monthly spend) limit|quota will reset)/i;

// Google, OpenRouter.
const DAILY_QUOTA = /"quotaId":\s*"\w*PerDay|\bfree-models-per-day\b/;

/** When the limit ends; null where it is not told, or told to be over. */
export function limitReset(error: ApiError, nowEpochMs: number): number | null {
  const reset = resetByClock(error) ?? resetByDuration(error, nowEpochMs);
  return reset !== null && reset > nowEpochMs ? reset : null;
}

function resetByClock({ detail, message }: ApiError): number | null {
  const seconds = countOf(detail.resets_at);
  if (seconds !== null) {
    return seconds * 1000;
  }
  const headers = objectOf(objectOf(detail.metadata).headers);
  return epochIn(textOf(headers['X-RateLimit-Reset']) ?? '') ?? shanghaiTimeIn(message);
}

// OpenRouter's header, in milliseconds.
function epochIn(text: string): number | null {
  return /^\d{13}$/.test(text) ? Number(text) : null;
}

// Z.ai means the time of Shanghai.
function shanghaiTimeIn(message: string): number | null {
  const found = /will reset at (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/.exec(message);
  const reset = found ? Date.parse(`${found[1]}T${found[2]}+08:00`) : Number.NaN;
  return Number.isNaN(reset) ? null : reset;
}

function resetByDuration({ detail, message }: ApiError, nowEpochMs: number): number | null {
  const seconds = countOf(detail.resets_in_seconds);
  const durationMs = seconds === null ? durationIn(message) : seconds * 1000;
  return durationMs === null ? null : nowEpochMs + durationMs;
}

// "Try again in ~180 min.", "It will reset in 5 days 10 hours.", "Your quota will reset after 5h20m."
function durationIn(message: string): number | null {
  const told = /\b(?:try again in|resets? (?:in|after)) ~?((?:\d+ ?[a-z]+ ?)+)/i.exec(message)?.[1];
  const parts = [...(told ?? '').matchAll(/(\d+) ?([dhms])/gi)];
  return parts.length === 0
    ? null
    : parts.reduce((sum, [, count, unit]) => sum + Number(count) * unitMs(unit ?? ''), 0);
}

function unitMs(unit: string): number {
  return UNITS_MS[unit.toLowerCase()] ?? 0;
}

const UNITS_MS: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
};
