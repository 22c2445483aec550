/** One process and what tells whose it is. */
export interface ProcessRow {
  readonly pid: number;
  readonly startTicks: string;
  readonly parent: number;
  readonly group: number;
  /** 0 where the system does not tell. */
  readonly session: number;
  /** Its environment names the attempt. */
  readonly isMarked: boolean;
}
