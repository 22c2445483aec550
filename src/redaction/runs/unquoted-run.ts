import { skipMarker } from '../marker.ts';
import { advanceByUnits } from './advance-by-units.ts';
import { privateKeyBeginsAt } from './private-key-begin.ts';
import type { Advance, Run } from './run.ts';

/**
 * A word of a shell, a query or a YAML file: up to white space, a closing mark or the punctuation
 * of what stands around.
 */
export class UnquotedRun implements Run {
  readonly #isJson: boolean;

  /** `isJson`: whether the line is JSON, where `\n` is the end of a line and not part of a word. */
  constructor(isJson: boolean) {
    this.#isJson = isJson;
  }

  advance(text: string, range: { from: number; to: number }): Advance {
    return advanceByUnits(text, {
      ...range,
      plain: PLAIN,
      step: (index) => this.#step(text, index),
    });
  }

  #step(text: string, index: number): number {
    switch (text[index]) {
      case '\\':
        return this.#stepOverBackslashes(text, index);
      case '[':
        return privateKeyBeginsAt(text, index)
          ? index
          : Math.max(skipMarker(text, index), index + 1);
      case '-':
        return privateKeyBeginsAt(text, index) ? index : index + 1;
      case '"':
      case "'":
      case '`':
        return matchesAt(MARK_INSIDE, text, index) ? index + 1 : index;
      default:
        return matchesAt(END, text, index) ? index : index + 1;
    }
  }

  #stepOverBackslashes(text: string, index: number): number {
    const ends = this.#isJson ? ESCAPED_END_IN_JSON : ESCAPED_MARK;
    if (!text.startsWith(MANY_BACKSLASHES, index) && matchesAt(ends, text, index)) {
      return index;
    }
    return index + (/[^\r\n]/.test(text.charAt(index + 1)) ? 2 : 1);
  }
}

const PLAIN = /[^ \t\r\n\0"'`\\&;,.)\]}<[-]+/y;
/** A mark in the middle of a word, as in `ab'cd`, whatever was hidden of it. */
const MARK_INSIDE = /["'`](?:[A-Za-z0-9]|\[REDACTED:)/y;
const ESCAPED_MARK = /\\{1,32}["'`]/y;
const ESCAPED_END_IN_JSON = /\\{1,32}["'`nrt]/y;
/** More than any depth of quotation needs: content. */
const MANY_BACKSLASHES = '\\'.repeat(33);
/**
 * White space, a closing tag, the next field of a query or connection string, punctuation at the
 * end of a word.
 */
const END =
  /[ \t\r\n\0]|<\/|[&;][A-Za-z0-9_.-]{1,40}(?: [A-Za-z]{1,16})?=|[,;.)\]}][,:;.)\]}]{0,7}(?:[ \t\r\n\0"'`<]|\\{1,32}["'`nrt]|$)/y;

function matchesAt(sticky: RegExp, text: string, index: number): boolean {
  sticky.lastIndex = index;
  return sticky.test(text);
}
