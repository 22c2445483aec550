import { everyRule } from '../rules/every-rule.ts';
import type { Run } from '../runs/run.ts';
import { AnchorScanner } from './anchor-scanner.ts';
import { LOOK_BEHIND, type Match } from './rule.ts';
import { beginsAsJson, View } from './view.ts';

/**
 * Goes once over the overlapping windows of a stream, and knows between them where it stands. All
 * numbers are indexes into the window.
 */
export class Sweep {
  /** Up to here every place is decided. */
  decided = 0;
  /** Up to here the output was given out. */
  #given = 0;
  /** Where the last match ended. */
  #floor = 0;
  /** Whether the line that goes on at `decided` is JSON; undefined before the first window. */
  #isJson: boolean | undefined;
  #run: Run | undefined;

  #bytes: Buffer = Buffer.alloc(0);
  #view: View | undefined;
  #output: string | undefined;

  /**
   * Decides up to `limit`; `isWhole`: whether a line or the stream ends there, so that no later
   * match begins before it; `isLast`: the stream.
   */
  decide(bytes: Buffer, { limit, isWhole, isLast }: Extent): Uint8Array {
    this.#bytes = bytes;
    while (this.decided < limit) {
      this.#step(limit);
    }
    if (isLast && this.#run?.pending !== undefined) {
      this.#write(this.#run.pending);
    }
    this.#isJson = isWhole ? false : this.#look().isJsonAt(limit);
    const output = this.#giveOut(
      isWhole || this.#run !== undefined ? this.decided : this.decided - LOOK_BEHIND,
    );
    this.#view = undefined;
    this.#output = undefined;
    return output;
  }

  /** Drops what lies more than LOOK_BEHIND before what was given out; tells how much. */
  forget(): number {
    const count = Math.max(0, this.#given - LOOK_BEHIND);
    this.#given -= count;
    this.decided -= count;
    this.#floor -= count;
    return count;
  }

  #step(limit: number): void {
    if (this.#run !== undefined) {
      return this.#advance(this.#run, limit);
    }
    const index = scanner.next(this.#bytes, { from: this.decided, to: limit, floor: this.#floor });
    const match = index < limit ? this.#matchAt(index) : undefined;
    if (match === undefined) {
      this.decided = Math.min(index + 1, limit);
    } else {
      this.#replace(match);
    }
  }

  #advance(run: Run, limit: number): void {
    const { end, isOpen } = run.advance(
      this.#look().text,
      { from: this.decided, to: limit },
      (text) => this.#write(text),
    );
    this.#write('');
    this.#skipTo(end);
    if (!isOpen) {
      this.#run = undefined;
    }
  }

  #matchAt(index: number): Match | undefined {
    const view = this.#look();
    for (const { rule, back } of scanner.candidatesAt(this.#bytes, index, this.#floor)) {
      const at = index - back;
      const match = at < this.#floor ? undefined : rule.match(view, at);
      if (match !== undefined) {
        return match;
      }
    }
    return undefined;
  }

  #replace({ start, end, replacement, run }: Match): void {
    this.#write(this.#look().text.slice(this.#given, start) + replacement);
    this.#skipTo(end);
    this.#run = run;
  }

  #skipTo(end: number): void {
    this.decided = this.#given = this.#floor = this.#look().floor = end;
  }

  #write(text: string): void {
    this.#output = (this.#output ?? '') + text;
  }

  #giveOut(end: number): Uint8Array {
    const from = this.#given;
    this.#given = Math.max(from, end);
    if (this.#output === undefined) {
      return this.#bytes.subarray(from, this.#given);
    }
    return Buffer.from(this.#output + this.#look().text.slice(from, this.#given), 'latin1');
  }

  #look(): View {
    this.#view ??= this.#open(this.#bytes.toString('latin1'));
    return this.#view;
  }

  #open(text: string): View {
    return new View(text, { floor: this.#floor, isJson: this.#isJson ?? beginsAsJson(text) });
  }
}

export interface Extent {
  readonly limit: number;
  readonly isWhole: boolean;
  readonly isLast: boolean;
}

const scanner = new AnchorScanner(everyRule);
