import type { Spent } from '../../domain/tokens.ts';
import { objectOf, objectsOf, textOf, type JsonObject } from '../json-line.ts';
import { billOf } from './bill.ts';

/** A whole message of the model, or what pi says in its place about an error. */
export interface Answer {
  /** `stop`, `length`, `toolUse`, `error`, `aborted`; null: not told. */
  readonly stopReason: string | null;
  /** Of an error, in pi's words. */
  readonly errorWords: string;
  readonly text: string;
  readonly model: string | null;
  readonly bill: Spent;
  /** Nothing was said, used or even named: what answered was no model. */
  readonly isVoid: boolean;
}

/** Of a `message_end` line; null where another one than the model speaks. */
export function readAnswer(line: JsonObject): Answer | null {
  const message = objectOf(line.message);
  if (message.role !== 'assistant') {
    return null;
  }
  const blocks = objectsOf(message.content);
  const bill = billOf(message);
  return {
    stopReason: textOf(message.stopReason),
    errorWords: textOf(message.errorMessage) ?? '',
    text: blocks
      .map((block) => (block.type === 'text' ? (textOf(block.text) ?? '') : ''))
      .join('')
      .trim(),
    model: textOf(message.model),
    bill,
    isVoid: blocks.length === 0 && bill.tokens?.out === 0 && textOf(message.responseId) === null,
  };
}
