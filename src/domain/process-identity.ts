/** Names one process for ever: a pid alone is used again by the system. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Linux: field 22 of /proc/PID/stat; macOS: `ps -o lstart=`. */
  readonly startTicks: string;
  readonly bootId: string;
}
