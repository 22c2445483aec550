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
  /^you've (?:hit|reached) your .{0,60}limit|\b(?:usage|session|5-hour|daily|weekly|monthly|opus|sonnet) limit reached\b|you have reached your specified api usage limits/i;

/** The end of a usage limit, where the words hold a whole date: "… limit reached|1795438800", "… regain access on 2026-12-01 at 00:00 UTC". A mere hour ("resets 1pm") names no day. */
export function resetInWords(words: string): number | null {
  const epochSeconds = /\blimit reached\|(\d{10})\b/.exec(words)?.[1];
  return epochSeconds === undefined ? regainedAt(words) : Number(epochSeconds) * 1000;
}

function regainedAt(words: string): number | null {
  const date = /regain access on (\d{4}-\d\d-\d\d) at (\d\d:\d\d) UTC/.exec(words);
  const reset = date ? Date.parse(`${date[1]}T${date[2]}:00Z`) : Number.NaN;
  return Number.isNaN(reset) ? null : reset;
}
