import { textOf, type JsonObject } from '../json-line.ts';
import { lastWords } from '../last-words.ts';

/** The agent's last words: all texts of its last message that says something. */
export class FinalMessage {
  #message: string | null = null;
  #words = '';

  get text(): string {
    return lastWords(this.#words);
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
