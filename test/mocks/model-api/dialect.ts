import type { ServerResponse } from 'node:http';
import type { Headers, WireAnswer } from './wire-answer.ts';

/** Where a reply goes to. */
export interface Exchange {
  readonly response: ServerResponse;
}

/** How one API words what is not broken; `Answer` is a whole answer of the model or an error. */
export interface Dialect<Answer, To extends Exchange> {
  wireAnswer(answer: Answer, exchange: To): WireAnswer;
  /** What a good answer begins with. */
  contentType(exchange: To): Headers;
  /** An answer that breaks off in its text. */
  firstHalf(exchange: To): string;
  /** What each whole answer carries, an error or raw bytes too. */
  requestId?(exchange: To): Headers;
}
