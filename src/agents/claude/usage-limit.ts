import { countOf, objectOf, textOf, type JsonObject } from '../json-line.ts';

/** What a `rate_limit_event` line says about the plan's limits; `allowed_warning` is still allowed. */
export interface LimitNotice {
  readonly isRejected: boolean;
  readonly resetEpochMs: number | null;
}

export function readLimitNotice(line: JsonObject): LimitNotice {
  const info = objectOf(line.rate_limit_info);
  const resetSeconds = countOf(info.resetsAt);
  return {
    isRejected: textOf(info.status) === 'rejected',
    resetEpochMs: resetSeconds ? resetSeconds * 1000 : null,
  };
}

/** A usage limit told in words alone, as versions and logins without `usage_limit_reached` do. Only for the CLI's own error text. */
export function speaksOfUsageLimit(words: string): boolean {
  return LIMIT_WORDS.test(words);
}

const LIMIT_WORDS =
  /^you've (?:hit|reached) your .{0,60}limit|^you're out of (?:extra usage|usage credits) · resets\b|\b(?:usage|session|5-hour|daily|weekly|monthly|opus|sonnet) limit reached\b|you have reached your specified api usage limits/i;
