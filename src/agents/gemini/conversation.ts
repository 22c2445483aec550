import { textOf, type JsonObject } from '../json-line.ts';

const LIMIT = 8_000;

/** What the model has said, piece by piece, and how often it was asked. */
export class Conversation {
  /** Answers of the model so far: the CLI does not tell them, but tool results part them. */
  turns = 0;
  #isAnswering = false;
  #words = '';
  #lastWords = '';

  /** The agent's last words: at most 8,000 characters, the end of them. */
  get lastWords(): string {
    return (this.#words.trim() || this.#lastWords).slice(-LIMIT);
  }

  /** A `message` line of the assistant. */
  say(line: JsonObject): void {
    this.answer();
    this.#words = (this.#words + (textOf(line.content) ?? '')).slice(-2 * LIMIT);
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
