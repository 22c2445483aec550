/**
 * Milliseconds of a clock that is never set and stands still while the machine is suspended.
 * Not `performance`, which takes 3 ms and 0.6 MB to load.
 */
export function monotonicMs(): number {
  return process.uptime() * 1000;
}
