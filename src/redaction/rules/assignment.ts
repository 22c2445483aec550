import { marker } from '../marker.ts';
import type { Match, Rule } from '../pattern/rule.ts';
import type { View } from '../pattern/view.ts';
import { quotedSecret, readOpeningMark, type OpeningMark } from '../value/opening-mark.ts';
import { readSecretWord, SECRET_WORD_ANCHORS, type SecretWord } from '../value/secret-word.ts';
import { unquotedSecret } from '../value/unquoted-value.ts';
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
    SEPARATOR.lastIndex = word.end;
    const separator = SEPARATOR.exec(view.text);
    return separator === null
      ? flagMatch(view, at, word)
      : valueMatch(view, word, toSeparator(separator));
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

/**
 * A closing mark of the key, perhaps a bracket (`env["TOKEN"]`), then `=`, `:=`, `?=`, `:` or `=>`,
 * but no comparison and no `::`.
 */
const SEPARATOR =
  /(?:(\\{0,31})(["'`])\]?)?([ \t]{0,64})(:=|\?=|=>|=(?![=~])|:(?![:/=]))([ \t]{0,64})/y;

interface Separator {
  readonly keyMark: string;
  readonly keyBackslashes: string;
  readonly sign: string;
  readonly isTight: boolean;
  readonly end: number;
}

function toSeparator(found: RegExpExecArray): Separator {
  const [all, keyBackslashes = '', keyMark = '', before = '', sign = '', after = ''] = found;
  return {
    keyMark,
    keyBackslashes,
    sign,
    isTight: before === '' && after === '',
    end: found.index + all.length,
  };
}

function valueMatch(view: View, word: SecretWord, separator: Separator): Match | undefined {
  const isJson = view.isJsonAt(separator.end);
  const opening = readOpeningMark(view.text, separator.end);
  if (opening !== undefined) {
    if (!isOpening(view.text, opening, { ...separator, isJson })) {
      return undefined;
    }
    const run = quotedSecret(view.text, opening, isJson);
    return run && { start: opening.end, end: opening.end, replacement: marker(word.kind), run };
  }
  if (separator.sign === '=>') {
    return undefined;
  }
  const isAssigned = separator.isTight && separator.sign === '=';
  const run = unquotedSecret(view.text, separator.end, { kind: word.kind, isAssigned, isJson });
  return (
    run && {
      start: separator.end,
      end: separator.end,
      replacement: quotedAs(separator, marker(word.kind)),
      run,
    }
  );
}

/** A number under a quoted key becomes a string, so that JSON stays JSON. */
function quotedAs({ keyMark, keyBackslashes }: Separator, text: string): string {
  return `${keyBackslashes}${keyMark}${text}${keyBackslashes}${keyMark}`;
}

/** Whether a mark opens the value, and does not close a text such as `"Password: "`. */
function isOpening(
  text: string,
  opening: OpeningMark,
  at: Separator & { readonly isJson: boolean },
): boolean {
  const mayCloseALine = at.isJson && opening.mark === '"' && opening.backslashes % 2 === 0;
  const isPair = at.keyMark === opening.mark && at.keyBackslashes.length === opening.backslashes;
  if (isPair || (at.keyMark !== '' && !mayCloseALine)) {
    return true;
  }
  const next = text.slice(opening.end, opening.end + 2);
  if (next === '' || CLOSED.test(next)) {
    return false;
  }
  return !/^[ \t]/.test(next) || (at.isTight && !mayCloseALine && opening.mark !== '`');
}

const CLOSED = /^(?:[,:\\\r\n]|[}\]);](?![A-Za-z0-9]))/;
