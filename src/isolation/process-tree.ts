/** The agent and all that came from it. */
export interface ProcessTree {
  /** Asks the agent to end. */
  terminate(): void;
  /** Ends the agent and whatever of its tree can be found now. */
  kill(): void;
  /** After the agent's end: ends the rest until nothing is found; how many processes there were. Rejects where one cannot be ended. */
  sweep(): Promise<number>;
}
