/** One process and what tells whose it is. */
export interface ProcessRow {
  readonly pid: number;
  /** Of its program, as the system shortens it (15 characters on Linux). */
  readonly name: string;
  readonly startTicks: string;
  readonly parent: number;
  readonly group: number;
  /** 0 where the system does not tell. */
  readonly session: number;
  /** Its environment names the attempt. */
  readonly isMarked: boolean;
  /** It was looked at in the middle of an exec, where it has no environment: whether it is marked is yet to be seen. */
  readonly isBetweenPrograms: boolean;
  /** Its own and that of its children that ended and were waited for. */
  readonly cpuSeconds: number;
  /** In memory now; what it shares with others counts for each. */
  readonly residentBytes: number;
}
