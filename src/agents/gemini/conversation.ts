import { textOf, type JsonObject } from '../json-line.ts';
import { LONGEST_LAST_WORDS, lastWords } from '../last-words.ts';

/** What the model has said, piece by piece, and how often it was asked. */
export class Conversation {
  /** Answers of the model so far: the CLI does not tell them, but tool results part them. */
  turns = 0;
  #isAnswering = false;
  #words = '';
  #lastWords = '';

  /** The agent's. */
  get lastWords(): string {
    return lastWords(this.#words.trim() || this.#lastWords);
  }

  /** A `message` line of the assistant. */
  say(line: JsonObject): void {
    this.answer();
    this.#words = (this.#words + (textOf(line.content) ?? '')).slice(-2 * LONGEST_LAST_WORDS);
  }

  /** It speaks or uses a tool. */
  answer(): void {
    this.turns += this.#isAnswering ? 0 : 1;
    this.#isAnswering = true;
  }

  /** A prompt or the result of a tool: what the model says next is another answer. */
  listen(): void {
    this.#isAnswering = false;
    this.#lastWords = this.#words.trim() || this.#lastWords;
    this.#words = '';
  }
}
