import { objectOf, type JsonObject } from '../json-line.ts';

/**
 * Answers in which nothing was said, not even how they end: what a proxy's page of HTML reads like. opencode asks again
 * at once, for ever.
 */
export class EmptyAnswers {
  #count = 0;

  /** Three in a row: whoever answers is no model's service. */
  get isHopeless(): boolean {
    return this.#count > 2;
  }

  add(): void {
    this.#count += 1;
  }

  clear(): void {
    this.#count = 0;
  }
}

/** Of a `step_finish` line, where its step was not begun. */
export function isEmptyAnswer(part: JsonObject): boolean {
  const { input, output } = objectOf(part.tokens);
  return part.reason === 'unknown' && input === 0 && output === 0;
}
