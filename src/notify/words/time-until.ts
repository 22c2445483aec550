/** `in 25 min (03:14 UTC)`: whoever reads it may be in another time zone. Both ISO-8601. */
export function timeUntil(until: string, from: string): string {
  const ms = Math.max(0, Date.parse(until) - Date.parse(from));
  return `in ${durationWords(ms / 1000)} (${until.slice(11, 16)} UTC)`;
}

/** `45 s`, `25 min`, `2 h 10 min`, `3 d 4 h`. */
export function durationWords(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 90) {
    return `${Math.round(seconds)} s`;
  }
  if (minutes < 60) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? joined([`${hours} h`, minutes % 60, 'min'])
    : joined([`${Math.floor(hours / 24)} d`, hours % 24, 'h']);
}

function joined([most, rest, unit]: readonly [string, number, string]): string {
  return rest === 0 ? most : `${most} ${rest} ${unit}`;
}
