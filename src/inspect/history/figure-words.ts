/** `2 h 13 m`: the two largest units. */
export function spentText(seconds: number): string {
  if (seconds < 60) {
    return seconds < 10 ? `${Math.round(seconds * 10) / 10} s` : `${Math.round(seconds)} s`;
  }
  const [unit, part] = UNITS.find(([{ length }]) => seconds >= length) ?? MINUTES;
  const whole = Math.floor(seconds / unit.length);
  const rest = Math.floor((seconds - whole * unit.length) / part.length);
  return `${whole} ${unit.name}${rest > 0 ? ` ${rest} ${part.name}` : ''}`;
}

/** `9999`, `12k`, `3.4M`: never more than four characters, up to a thousand million. */
export function timesText(times: number): string {
  if (times < 10_000) {
    return String(times);
  }
  if (times < 999_500) {
    return `${Math.round(times / 1000)}k`;
  }
  const millions = times / 1_000_000;
  return `${millions < 9.95 ? Math.round(millions * 10) / 10 : Math.round(millions)}M`;
}

interface Unit {
  readonly length: number;
  readonly name: string;
}

const DAY: Unit = { length: 86_400, name: 'd' };
const HOUR: Unit = { length: 3600, name: 'h' };
const MINUTE: Unit = { length: 60, name: 'm' };
const SECOND: Unit = { length: 1, name: 's' };
const MINUTES = [MINUTE, SECOND] as const;
const UNITS = [[DAY, HOUR], [HOUR, MINUTE], MINUTES] as const;
