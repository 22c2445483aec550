import { advanceByUnits } from './advance-by-units.ts';
import { privateKeyBeginsAt } from './private-key-begin.ts';
import type { Advance, Run } from './run.ts';

export interface Quote {
  readonly mark: string;
  /**
   * Backslashes before the opening mark: 0 in plain JSON, 1 in JSON kept in a JSON string, then 3,
   * 7, …
   */
  readonly backslashes: number;
  /** Whether the line is JSON: then a mark of its own strings ends everything. */
  readonly isJson: boolean;
}

/** Up to the closing mark of the same depth, or the end of the line. */
export class QuotedRun implements Run {
  readonly #quote: Quote;

  constructor(quote: Quote) {
    this.#quote = quote;
  }

  advance(text: string, range: { from: number; to: number }): Advance {
    return advanceByUnits(text, {
      ...range,
      plain: PLAIN,
      step: (index) => this.#step(text, index),
    });
  }

  /** The place behind the next unit of content, or `index` where the content ends. */
  #step(text: string, index: number): number {
    const character = text[index];
    if (character === '\n') {
      return index;
    }
    if ((character === '-' || character === '[') && privateKeyBeginsAt(text, index)) {
      return index;
    }
    if (character !== '\\') {
      return this.#isClosedBy(character, 0) ? this.#stepOverDoubled(text, index) : index + 1;
    }
    return this.#stepOverBackslashes(text, index);
  }

  /** `''` is a mark of the content in YAML and SQL, `"a""b"` one word in a shell. */
  #stepOverDoubled(text: string, index: number): number {
    return this.#quote.backslashes === 0 &&
      text.startsWith(this.#quote.mark + this.#quote.mark, index)
      ? index + 2
      : index;
  }

  /**
   * As many backslashes as two of the content are written with change nothing; what is left of a
   * row tells about the mark behind it.
   */
  #stepOverBackslashes(text: string, index: number): number {
    const pair = this.#pair();
    const count = backslashesAt(text, index, pair);
    if (count === pair) {
      return index + pair;
    }
    if (this.#isClosedBy(text[index + count], count)) {
      return index + count - closingBackslashes(count, this.#quote.backslashes);
    }
    return index + count + (MARK.test(text.charAt(index + count)) ? 1 : 0);
  }

  #pair(): number {
    if (this.#quote.mark !== '"') {
      return this.#quote.isJson ? 4 : 2;
    }
    return 2 * (this.#quote.backslashes + 1);
  }

  #isClosedBy(character: string | undefined, count: number): boolean {
    if (character === this.#quote.mark) {
      return count !== this.#escapedBackslashes();
    }
    return character === '"' && this.#quote.isJson && count % 2 === 0;
  }

  /** How many backslashes stand before a mark that is content. */
  #escapedBackslashes(): number {
    return this.#pair() / 2 + (this.#quote.mark === '"' ? this.#quote.backslashes : 0);
  }
}

const MARK = /["'`]/;
const PLAIN = /[^"'`\\\n[-]+/y;

/**
 * How many of `count` backslashes belong to the mark behind them, which closes a string of depth
 * `most` or of one around it. They stay in the text; the others are content.
 */
function closingBackslashes(count: number, most: number): number {
  let depth = most;
  while (depth > 0 && count % (2 * (depth + 1)) !== depth) {
    depth = Math.floor((depth - 1) / 2);
  }
  return depth > 0 ? depth : count % 2;
}

function backslashesAt(text: string, index: number, most: number): number {
  let count = 0;
  while (count < most && text[index + count] === '\\') {
    count += 1;
  }
  return count;
}
