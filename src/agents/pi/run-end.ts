import type { JsonObject } from '../json-line.ts';

/**
 * Whether pi is done. An `agent_end` may be followed by a retry, a compaction or more work. Versions that say there whether
 * they try again say at last that they have settled; older ones just exit.
 */
export class RunEnd {
  #isOver = false;
  #isFinal = false;
  #isAborted = false;
  #settles = false;

  /** The last run of the agent has come to an end, whatever it came to. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** It should exit now. */
  get isFinal(): boolean {
    return this.#isFinal;
  }

  /** It was told to stop. */
  get isAborted(): boolean {
    return this.#isAborted;
  }

  see(line: JsonObject): void {
    switch (line.type) {
      case 'agent_start':
      case 'turn_start':
      case 'auto_retry_start':
        return this.#workOn();
      case 'agent_end':
        return this.#end(line);
      case 'compaction_start':
        this.#isFinal = false;
        return;
      case 'compaction_end':
        this.#isFinal = this.#isOver && !this.#settles && line.willRetry !== true;
        return;
      case 'agent_settled':
        this.#isOver = true;
        this.#isFinal = true;
        this.#isAborted = line.aborted === true;
    }
  }

  #workOn(): void {
    this.#isOver = false;
    this.#isFinal = false;
    this.#isAborted = false;
  }

  #end({ willRetry }: JsonObject): void {
    this.#settles ||= typeof willRetry === 'boolean';
    this.#isOver = willRetry !== true;
    this.#isFinal = this.#isOver && !this.#settles;
  }
}
