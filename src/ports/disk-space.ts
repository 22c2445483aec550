/** The disk that a loop's data lies on. */
export interface DiskSpace {
  /** MB that this user may still write; null: the system does not tell. */
  freeMb(): number | null;
  /** It was so full since this start that the loop's reserve had to be used, by whatever process of the loop. */
  wasFull(): boolean;
}
