/** A loop and where it keeps its data; all it takes to look at one. */
export interface LoopAddress {
  readonly loop: string;
  readonly task: string;
  /** `data/<loop>`, absolute. */
  readonly dataDirectory: string;
}
