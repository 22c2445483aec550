/** `4s`, `3m 05s`, `2h 05m`, `3d 4h`. */
function lengthText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) {
    return `${whole}s`;
  }
  if (whole < 3_600) {
    return `${Math.floor(whole / 60)}m ${twoDigits(whole % 60)}s`;
  }
  const hours = Math.floor(whole / 3_600);
  return hours < 48
    ? `${hours}h ${twoDigits(Math.floor((whole % 3_600) / 60))}m`
    : `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

/** How long something took, with tenths where it was short. */
export function durationText(seconds: number): string {
  return seconds < 10 ? `${Math.round(seconds * 10) / 10}s` : lengthText(seconds);
}

export function sinceText(iso: string, now: number): string {
  return lengthText((now - Date.parse(iso)) / 1_000);
}

/** `1:05`, `2:03:09`, for what is counted down. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const hours = Math.floor(whole / 3_600);
  const minutes = Math.floor((whole % 3_600) / 60);
  const rest = twoDigits(whole % 60);
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${twoDigits(minutes)}:${rest}`;
}

/** Local time: `10:12:03`, on other days with the date before it. */
export function momentText(moment: string | number): string {
  const time = new Date(moment);
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(twoDigits).join(':');
  const isToday = time.toDateString() === new Date().toDateString();
  const date = [time.getFullYear(), twoDigits(time.getMonth() + 1), twoDigits(time.getDate())];
  return isToday ? clock : `${date.join('-')} ${clock}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
