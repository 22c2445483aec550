/**
 * The end of a usage limit in Codex's words, which are those of the local time zone: "try again at 5:53 AM" where that
 * is on the same day, else "try again at Nov 28th, 2026 1:00 AM". The seconds are cut off, so it is the end of that minute.
 */
export function limitResetIn(words: string, endedAtEpochMs: number): number | null {
  const told = RESET.exec(words)?.groups;
  if (!told) {
    return null;
  }
  const minute =
    (Number(told.hour) % 12) * 60 + Number(told.minute) + (told.half === 'PM' ? 720 : 0) + 1;
  const { month, day, year } = told;
  const reset =
    month === undefined
      ? nextTime(minute, endedAtEpochMs)
      : new Date(Number(year), MONTHS.indexOf(month), Number(day), 0, minute).getTime();
  return Number.isNaN(reset) ? null : reset;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const RESET = new RegExp(
  `\\btry again at (?:(?<month>${MONTHS.join('|')}) (?<day>\\d{1,2})(?:st|nd|rd|th), (?<year>\\d{4}) )?` +
    '(?<hour>\\d{1,2}):(?<minute>\\d\\d) (?<half>[AP]M)\\.',
  'i',
);

// The day it was said on may be over when the attempt ends.
function nextTime(minuteOfDay: number, endedAtEpochMs: number): number {
  const ended = new Date(endedAtEpochMs);
  const on = (day: number): number =>
    new Date(ended.getFullYear(), ended.getMonth(), day, 0, minuteOfDay).getTime();
  const today = on(ended.getDate());
  return today > endedAtEpochMs ? today : on(ended.getDate() + 1);
}
