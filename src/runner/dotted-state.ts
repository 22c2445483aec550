/** `{running: 'working'}` → `running.working`. */
export function dottedState(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value !== 'object' || value === null) {
    return 'unknown';
  }
  const [entry] = Object.entries(value);
  return entry ? `${entry[0]}.${dottedState(entry[1])}` : 'unknown';
}
