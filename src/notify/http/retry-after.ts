/** `Retry-After`: seconds, or a date; → ms from `nowEpochMs` on. null: it makes no sense. */
export function retryAfterMs(header: string | null, nowEpochMs: number): number | null {
  if (header === null) {
    return null;
  }
  if (/^\d{1,9}$/.test(header.trim())) {
    return Number(header) * 1000;
  }
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowEpochMs);
}
