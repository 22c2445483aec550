import { usdText } from '../domain/price.ts';

/** Figures as people read them; null is a dash. */

export function costText(usd: number | null): string {
  if (usd === null) {
    return '–';
  }
  return usd >= 1_000 ? `$${countText(usd)}` : usdText(usd);
}

/** `12.5 %` below 1 in 5, else whole; never 100 % where something is missing. */
export function percentText(share: number | null): string {
  if (share === null) {
    return '–';
  }
  const percent = share * 100;
  const digits = percent > 0 && percent < 10 ? 1 : 0;
  const shown = Number(percent.toFixed(digits));
  return shown === 100 && share < 1 ? '99 %' : `${shown} %`;
}

/** `4.2 s`, `48 s`, `3 m 05 s`, `2 h 05 m`, `3 d 4 h`. */
export function durationText(seconds: number | null): string {
  if (seconds === null) {
    return '–';
  }
  const whole = Math.round(seconds);
  if (seconds < 10) {
    return `${Math.round(seconds * 10) / 10} s`;
  }
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3_600) {
    return `${Math.floor(whole / 60)} m ${twoDigits(whole % 60)} s`;
  }
  const hours = Math.floor(whole / 3_600);
  return hours < 48
    ? `${hours} h ${twoDigits(Math.floor((whole % 3_600) / 60))} m`
    : `${countText(Math.floor(hours / 24))} d ${hours % 24} h`;
}

/** `812`, `12 345`, `340k`, `1.2M`, `4.0B`. */
export function countText(count: number | null): string {
  if (count === null) {
    return '–';
  }
  if (count < 100_000) {
    return String(Math.round(count)).replaceAll(/\B(?=(?:\d{3})+$)/g, '\u202F');
  }
  if (count < 1_000_000) {
    return `${Math.round(count / 1_000)}k`;
  }
  return count < 1e9 ? `${(count / 1e6).toFixed(1)}M` : `${(count / 1e9).toFixed(1)}B`;
}

export function plural(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `1 hour`, `5 minutes`: the length of a bucket. */
export function stepText(seconds: number): string {
  const unit = UNITS.find(([length]) => seconds % length === 0) ?? UNITS[UNITS.length - 1];
  const [length = 1, noun = 'second'] = unit ?? [];
  const count = seconds / length;
  return count === 1 ? noun : `${count} ${noun}s`;
}

const UNITS: readonly (readonly [length: number, noun: string])[] = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];

/** `2026-11-23 10:12` in a zone. */
export function momentText(iso: string, zone: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : formatFor(zone).format(time).replace(',', '');
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  const format =
    known ??
    new Intl.DateTimeFormat('sv-SE', {
      ...{ timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit' },
    });
  formats.set(zone, format);
  return format;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
