import { textOf, type JsonObject } from '../json-line.ts';

const LIMIT = 8_000;

/** The agent's last words: all texts of its last message that says something. */
export class FinalMessage {
  #message: string | null = null;
  #words = '';

  /** At most 8,000 characters, the end of it: that is where the report stands. */
  get text(): string {
    return this.#words.slice(-LIMIT);
  }

  /** The part of a `text` line. */
  say(part: JsonObject): void {
    const words = (textOf(part.text) ?? '').trim();
    if (words === '') {
      return;
    }
    const message = textOf(part.messageID);
    this.#words = message === this.#message ? `${this.#words}\n\n${words}` : words;
    this.#message = message;
  }
}
