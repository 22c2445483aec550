import { objectOf, objectsOf, textOf, type JsonObject } from '../json-line.ts';
import { lastWords } from '../last-words.ts';
import type { ResultLine } from './result-line.ts';

/**
 * The agent's last words. Those of every result count: a report may come before the remark that a background task has ended.
 * What it answered to a schema stands at the very end, where it counts before any report in its words.
 */
export class FinalMessage {
  #answers = '';
  #lastWords = '';
  #structured = '';

  get text(): string {
    return joined(joined(this.#answers, this.#lastWords), this.#structured);
  }

  /** An `assistant` line; what the CLI says in the model's place about an error is no word of the agent. */
  say(line: JsonObject): void {
    const words = objectsOf(objectOf(line.message).content)
      .map(({ text }) => textOf(text) ?? '')
      .join('')
      .trim();
    if (words !== '' && textOf(line.error) === null) {
      this.#lastWords = words;
    }
  }

  conclude({ isError, words, structured }: ResultLine): void {
    if (isError === false) {
      const said = words.trim() === structured ? '' : words.trim();
      this.#structured = structured ?? this.#structured;
      this.#answers = joined(this.#answers, said || this.#lastWords);
      this.#lastWords = '';
    }
  }
}

function joined(former: string, latter: string): string {
  return lastWords(former === '' || latter === '' ? former + latter : `${former}\n\n${latter}`);
}
