import { countOf, textOf } from '../json-line.ts';
import type { ErrorLine } from './error-line.ts';

/** The limit of a plan or quota, as the services that opencode speaks to tell it. */
export function isUsageLimit({ kinds, headers }: ErrorLine): boolean {
  return (
    kinds.some((kind) => LIMIT_KINDS.includes(kind)) ||
    headers['anthropic-ratelimit-unified-status'] === 'rejected'
  );
}

// opencode Go and Zen; a ChatGPT plan.
const LIMIT_KINDS = [
  'GoUsageLimitError',
  'FreeUsageLimitError',
  'MonthlyLimitError',
  'UserLimitError',
  'usage_limit_reached',
  'usage_limit_exceeded',
];

/** When it ends: told as a moment, or as so many seconds from now on. */
export function limitReset({ headers, refusal }: ErrorLine, nowEpochMs: number): number | null {
  const moment =
    countIn(headers['anthropic-ratelimit-unified-reset']) ?? countIn(refusal.resets_at);
  const seconds = countIn(refusal.resets_in_seconds) ?? countIn(headers['retry-after']);
  return moment ? moment * 1000 : seconds ? nowEpochMs + seconds * 1000 : null;
}

// Headers are text, fields of a body are numbers.
function countIn(value: unknown): number | null {
  const text = textOf(value);
  return countOf(text === null || text.trim() === '' ? value : Number(text));
}
