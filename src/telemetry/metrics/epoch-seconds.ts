/** ISO-8601 → seconds since 1970; null: there is none, or it is none. */
export function epochSeconds(moment: string | null): number | null {
  const at = moment === null ? NaN : Date.parse(moment);
  return Number.isNaN(at) ? null : at / 1000;
}
