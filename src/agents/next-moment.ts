/** A moment as a clock and a calendar on the wall show it, to the minute. */
export interface WallClock {
  /** From 0 to 23. */
  readonly hour: number;
  readonly minute: number;
  /** null: of whatever day comes first. */
  readonly date: WallDate | null;
}

export interface WallDate {
  /** null: of whatever year comes first. */
  readonly year: number | null;
  /** 1 is January. */
  readonly month: number;
  readonly day: number;
}

export interface Since {
  readonly afterEpochMs: number;
  /** As in `America/New_York`; null: that of this machine. */
  readonly timeZone: string | null;
}

/** When the wall will show that, epoch ms: the first such minute that is not over; of a whole date the very one. null: never, or nobody knows such a time zone. */
export function nextMoment(clock: WallClock, { afterEpochMs, timeZone }: Since): number | null {
  const wall = wallOf(timeZone);
  const now = wall?.(afterEpochMs);
  if (!wall || now === undefined || Number.isNaN(now)) {
    return null;
  }
  const moments = candidates(clock, new Date(now)).map((shown) => momentOf(shown, wall));
  return clock.date?.year
    ? (moments[0] ?? null)
    : (moments.find((moment) => moment + MINUTE_MS > afterEpochMs) ?? null);
}

const MINUTE_MS = 60_000;

/** What the wall shows at a moment, as if it hung in UTC; NaN where there is no such moment. */
type Wall = (epochMs: number) => number;

function wallOf(timeZone: string | null): Wall | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
      hourCycle: 'h23',
      timeZone: timeZone ?? undefined,
    });
    return (epochMs) => shownBy(format, epochMs);
  } catch {
    return null;
  }
}

function shownBy(format: Intl.DateTimeFormat, epochMs: number): number {
  if (Number.isNaN(new Date(epochMs).getTime())) {
    return Number.NaN;
  }
  const parts = format.formatToParts(epochMs);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((candidate) => candidate.type === type)?.value);
  const [hour, minute, second] = [part('hour'), part('minute'), part('second')];
  return Date.UTC(part('year'), part('month') - 1, part('day'), hour, minute, second);
}

function candidates({ date, hour, minute }: WallClock, now: Date): readonly number[] {
  const year = now.getUTCFullYear();
  if (date === null) {
    const [month, day] = [now.getUTCMonth(), now.getUTCDate()];
    return [0, 1, 2].map((days) => Date.UTC(year, month, day + days, hour, minute));
  }
  const years = date.year === null ? [year, year + 1] : [date.year];
  return years
    .map((candidate) => Date.UTC(candidate, date.month - 1, date.day, hour, minute))
    .filter((shown) => new Date(shown).getUTCDate() === date.day);
}

// The zone's distance from UTC is that of the moment, not of the same hour in UTC: looked up again once it is nearly known.
function momentOf(shown: number, wall: Wall): number {
  const nearly = shown - (wall(shown) - shown);
  return shown - (wall(nearly) - nearly);
}
