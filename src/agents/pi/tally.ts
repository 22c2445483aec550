import { addCost, addTokens, NOTHING_TOLD, type Spent } from '../../domain/tokens.ts';
import { objectOf, type JsonObject } from '../json-line.ts';
import type { Answer } from './answer.ts';
import { billOf } from './bill.ts';

/** What the answers of one process add up to; a session that it goes on with is not told again. */
export class Tally {
  #bills: Spent = NOTHING_TOLD;
  /** Of the answer that is coming in. */
  #open: Spent = NOTHING_TOLD;
  #turns: number | null = null;

  /** A `message_start` or `message_update` line: newer versions have the usage at its top. */
  update(line: JsonObject): void {
    const message = objectOf(line.message);
    if (line.type === 'message_update' || message.role === 'assistant') {
      this.#open = billOf(line.usage === undefined ? message : line);
    }
  }

  /** An answer that failed half-way was paid too, yet it is no turn. */
  add({ bill, stopReason }: Answer): void {
    this.#bills = sum(this.#bills, bill);
    this.#open = NOTHING_TOLD;
    const isTurn = stopReason !== 'error' && stopReason !== 'aborted';
    this.#turns = (this.#turns ?? 0) + (isTurn ? 1 : 0);
  }

  /** A `compaction_end` line: the summary was written by the model. */
  addCompaction(line: JsonObject): void {
    this.#bills = sum(this.#bills, billOf(objectOf(line.result)));
  }

  get turns(): number | null {
    return this.#turns;
  }

  get spent(): Spent {
    const { costUsd, tokens } = sum(this.#bills, this.#open);
    const isUsed = tokens !== null && tokens.in + tokens.out + tokens.cached > 0;
    return { costUsd: costUsd === 0 && isUsed ? null : costUsd, tokens };
  }
}

function sum(left: Spent, right: Spent): Spent {
  return {
    costUsd: addCost(left.costUsd, right.costUsd),
    tokens: addTokens(left.tokens, right.tokens),
  };
}
