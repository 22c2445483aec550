/** `4.2s`, `48s`, `3m 05s`, `2h 05m`, `3d 4h`. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (seconds < 10) {
    return `${Math.round(seconds * 10) / 10}s`;
  }
  if (whole < 60) {
    return `${whole}s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)}m ${twoDigits(whole % 60)}s`;
  }
  const hours = Math.floor(whole / 3600);
  return hours < 48
    ? `${hours}h ${twoDigits(Math.floor((whole % 3600) / 60))}m`
    : `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

/** Local time: `10:12:03` today, `2026-11-22 10:12` on other days. */
export function momentText(iso: string, now: number = Date.now()): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) {
    return iso;
  }
  const clock = `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
  return time.toDateString() === new Date(now).toDateString()
    ? `${clock}:${twoDigits(time.getSeconds())}`
    : `${time.getFullYear()}-${twoDigits(time.getMonth() + 1)}-${twoDigits(time.getDate())} ${clock}`;
}

/** `3m 05s`: how long ago; nothing is told of moments to come. */
export function elapsedText(iso: string, now: number = Date.now()): string {
  const passed = (now - Date.parse(iso)) / 1000;
  return durationText(passed < 1 ? 0 : Math.floor(passed));
}

/** `in 3m 05s`, or `now` for what is past. */
export function countdownText(iso: string, now: number = Date.now()): string {
  const left = (Date.parse(iso) - now) / 1000;
  return left <= 0 ? 'now' : `in ${durationText(Math.ceil(left))}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
