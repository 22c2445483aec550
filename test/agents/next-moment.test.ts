import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextMoment, type WallClock } from '../../src/agents/next-moment.ts';

const NOON = Date.UTC(2026, 10, 27, 12);
const at = (hour: number, minute = 0): WallClock => ({ hour, minute, date: null });
const on = (month: number, day: number, year: number | null = null): WallClock => ({
  ...at(9),
  date: { year, month, day },
});

describe('an hour', () => {
  it.each([
    ['later on the same day', at(15, 30), NOON, 'UTC', '2026-11-27T15:30Z'],
    ['that has passed, on the next day', at(8), NOON, 'UTC', '2026-11-28T08:00Z'],
    ['of another time zone', at(1), NOON, 'America/New_York', '2026-11-28T06:00Z'],
    ['where it is tomorrow already', at(3), NOON, 'Pacific/Auckland', '2026-11-27T14:00Z'],
    ['at the end of a year', at(0), Date.UTC(2026, 11, 31, 23), 'UTC', '2027-01-01T00:00Z'],
    [
      'before the clocks go back',
      at(0, 30),
      Date.UTC(2026, 9, 24, 12),
      'Europe/Berlin',
      '2026-10-24T22:30Z',
    ],
    [
      'after the clocks went back',
      at(4),
      Date.UTC(2026, 9, 24, 12),
      'Europe/Berlin',
      '2026-10-25T03:00Z',
    ],
    [
      'after the clocks went forward',
      at(4),
      Date.UTC(2026, 2, 28, 12),
      'Europe/Berlin',
      '2026-03-29T02:00Z',
    ],
  ])('%s', (_, clock, afterEpochMs, timeZone, expected) => {
    expect(nextMoment(clock, { afterEpochMs, timeZone })).toBe(Date.parse(expected));
  });

  it('is still this one while its minute lasts', () => {
    const since = { afterEpochMs: NOON + 59_999, timeZone: 'UTC' };
    expect(nextMoment(at(12), since)).toBe(NOON);
    expect(nextMoment(at(11, 59), since)).toBe(NOON + 24 * 3_600_000 - 60_000);
  });
});

describe('a date', () => {
  it.each([
    ['of this year', on(12, 3), '2026-12-03T09:00Z'],
    ['that has passed, of the next year', on(2, 3), '2027-02-03T09:00Z'],
    ['of the year it names', on(1, 8, 2027), '2027-01-08T09:00Z'],
    ['of a year that has passed', on(1, 8, 2025), '2025-01-08T09:00Z'],
  ])('%s', (_, clock, expected) => {
    expect(nextMoment(clock, { afterEpochMs: NOON, timeZone: 'UTC' })).toBe(Date.parse(expected));
  });

  it('that no calendar has is no moment', () => {
    expect(nextMoment(on(2, 30), { afterEpochMs: NOON, timeZone: 'UTC' })).toBeNull();
    expect(nextMoment(on(2, 30, 2027), { afterEpochMs: NOON, timeZone: 'UTC' })).toBeNull();
  });
});

describe('no time zone', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each([
    ['Asia/Tokyo', '2026-11-28T00:00Z'],
    ['America/Bogota', '2026-11-27T14:00Z'],
  ])('is that of the machine: %s', (zone, expected) => {
    vi.stubEnv('TZ', zone);
    expect(nextMoment(at(9), { afterEpochMs: NOON, timeZone: null })).toBe(Date.parse(expected));
  });
});

it('knows no moment in a time zone that nobody knows, nor after one that is none', () => {
  expect(nextMoment(at(9), { afterEpochMs: NOON, timeZone: 'Mars/Olympus' })).toBeNull();
  expect(nextMoment(at(9), { afterEpochMs: Number.NaN, timeZone: 'UTC' })).toBeNull();
  expect(nextMoment(at(9), { afterEpochMs: 9e15, timeZone: 'UTC' })).toBeNull();
});
