import { nextMoment, type WallDate } from '../next-moment.ts';

/** The end of a usage limit by the CLI's own words, epoch ms; null where they name no moment. `saidAtEpochMs`: when it said so. */
export function resetInWords(words: string, saidAtEpochMs: number): number | null {
  return epochTold(words) ?? regainedAt(words) ?? resetAt(words, saidAtEpochMs);
}

// "Claude AI usage limit reached|1795438800"
function epochTold(words: string): number | null {
  const seconds = /\blimit reached\|(\d{10})\b/.exec(words)?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}

// "You will regain access on 2026-12-01 at 00:00 UTC."
function regainedAt(words: string): number | null {
  const date = /regain access on (\d{4}-\d\d-\d\d) at (\d\d:\d\d) UTC/.exec(words);
  const reset = date ? Date.parse(`${date[1]}T${date[2]}:00Z`) : Number.NaN;
  return Number.isNaN(reset) ? null : reset;
}

// "resets 8:30am (UTC)", "resets Dec 3, 9am (America/New_York)", "resets Jan 8, 2027, 3pm (UTC)", "resets Sep 15 at 7pm". Within a day it names no day.
function resetAt(words: string, saidAtEpochMs: number): number | null {
  const told = RESET.exec(words)?.groups;
  const hour = Number(told?.hour);
  if (!told || hour < 1 || hour > 12) {
    return null;
  }
  const clock = {
    hour: (hour % 12) + (told.half?.toLowerCase() === 'pm' ? 12 : 0),
    minute: Number(told.minute ?? 0),
    date: told.month === undefined ? null : dateOf(told),
  };
  const since = { afterEpochMs: saidAtEpochMs, timeZone: told.zone ?? null };
  const reset = nextMoment(clock, since);
  return reset !== null && reset - saidAtEpochMs < LONGEST_WINDOW_MS ? reset : null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const RESET = new RegExp(
  [
    String.raw`\bresets?(?: at| on)? `,
    String.raw`(?:(?<month>${MONTHS.join('|')}) (?<day>\d{1,2})(?:, (?<year>\d{4}))?(?:,| at) )?`,
    String.raw`(?<hour>\d{1,2})(?::(?<minute>[0-5]\d))?\s?(?<half>[ap]m)\b`,
    String.raw`(?: \((?<zone>[\w/+-]+)\))?`,
  ].join(''),
  'i',
);

// The longest that a plan has is a month. A day of the year that seems further off has passed: nothing is known.
const LONGEST_WINDOW_MS = 45 * 24 * 3_600_000;

function dateOf({ month = '', day, year }: Record<string, string | undefined>): WallDate {
  return {
    year: year === undefined ? null : Number(year),
    month: MONTHS.indexOf(month.toLowerCase()) + 1,
    day: Number(day),
  };
}
