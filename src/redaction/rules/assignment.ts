import { marker } from '../marker.ts';
import type { Match, Rule } from '../pattern/rule.ts';
import type { View } from '../pattern/view.ts';
import { quotedSecret, type OpeningMark } from '../value/opening-mark.ts';
import { readSecretWord, SECRET_WORD_ANCHORS, type SecretWord } from '../value/secret-word.ts';
import { readSeparator, type Separator } from '../value/separator.ts';
import { unquotedSecret } from '../value/unquoted-value.ts';
import { readValueOpening } from '../value/value-opening.ts';
import { flagMatch, mayBeFlag } from './flag.ts';

/**
 * `DB_PASSWORD=x`, `"password": "x y"`, `\"token\":\"x\"`, `api_key: x`, `--password x`: the value
 * behind a secret word.
 */
export const assignment: Rule = {
  anchors: SECRET_WORD_ANCHORS,
  match(view, at) {
    if (!mayHaveValue(view.text, at)) {
      return undefined;
    }
    const word = readSecretWord(view.text, at);
    if (word === undefined) {
      return undefined;
    }
    const separator = readSeparator(view.text, word.end);
    return separator === undefined ? flagMatch(view, at, word) : valueMatch(view, word, separator);
  },
};

/**
 * Most words in a text have nothing to do with an assignment; to see that must cost next to
 * nothing.
 */
function mayHaveValue(text: string, at: number): boolean {
  HINT.lastIndex = at;
  return HINT.test(text) || mayBeFlag(text, at);
}

const HINT =
  /(?:pass(?:word|wd|phrase)|secret|token(?!s)|key|credentials)[a-z0-9_-]{0,48}(?:[\\"'`]|[ \t]{0,64}[:=?])/iy;

function valueMatch(view: View, word: SecretWord, separator: Separator): Match | undefined {
  const opening = readValueOpening(view, separator);
  if (opening === 'closed' || (opening === undefined && separator.sign === '=>')) {
    return undefined;
  }
  return opening === undefined
    ? unquotedMatch(view, word, separator)
    : quotedMatch(view, word, opening);
}

function quotedMatch(view: View, word: SecretWord, opening: OpeningMark): Match | undefined {
  const run = quotedSecret(view.text, opening, view.isJsonAt(opening.end));
  return run && { start: opening.end, end: opening.end, replacement: marker(word.kind), run };
}

function unquotedMatch(view: View, word: SecretWord, separator: Separator): Match | undefined {
  const { end: start, isTight, sign } = separator;
  const run = unquotedSecret(view.text, start, {
    kind: word.kind,
    isAssigned: isTight && sign === '=',
    isJson: view.isJsonAt(start),
  });
  return run && { start, end: start, replacement: quotedAs(separator, marker(word.kind)), run };
}

/** A number under a quoted key becomes a string, so that JSON stays JSON. */
function quotedAs({ keyMark, keyBackslashes }: Separator, text: string): string {
  return `${keyBackslashes}${keyMark}${text}${keyBackslashes}${keyMark}`;
}
