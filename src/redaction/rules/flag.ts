import { marker } from '../marker.ts';
import type { Match } from '../pattern/rule.ts';
import type { View } from '../pattern/view.ts';
import { isHarmless } from '../value/harmless-value.ts';
import { quotedSecret, readOpeningMark } from '../value/opening-mark.ts';
import type { SecretWord } from '../value/secret-word.ts';
import { unquotedSecret } from '../value/unquoted-value.ts';

/**
 * `--db-password x`, `--token 'x y'`, `["--api-key", "x"]`: the argument behind a flag that ends
 * with a secret word.
 */
export function flagMatch(view: View, at: number, word: SecretWord): Match | undefined {
  if (
    !mayBeFlag(view.text, at) ||
    !FLAG.test(view.text.slice(Math.max(0, at - LONGEST_FLAG), at))
  ) {
    return undefined;
  }
  return elementMatch(view, word) ?? argumentMatch(view, word);
}

/** Whether the word at `at` has the dash or another part of a name before it. */
export function mayBeFlag(text: string, at: number): boolean {
  return /[A-Za-z0-9-]/.test(text.charAt(at - 1));
}

const LONGEST_FLAG = 48;
const FLAG = /(?:^|[ \t\r\n"'`(=[,]|\\[nrt])--[A-Za-z0-9-]{0,40}$/;

const NEXT_ELEMENT = /(\\{0,31})(["'])[ \t]{0,8},[ \t]{0,8}(?=\1\2)/y;

function elementMatch(view: View, word: SecretWord): Match | undefined {
  NEXT_ELEMENT.lastIndex = word.end;
  if (!NEXT_ELEMENT.test(view.text)) {
    return undefined;
  }
  const start = NEXT_ELEMENT.lastIndex;
  return isKey(view.text, start) ? undefined : quotedMatch(view, start, word);
}

/**
 * The string at `start` is no argument but the key behind a value: `{"flag": "--token", "next":
 * 1}`.
 */
function isKey(text: string, start: number): boolean {
  KEY.lastIndex = start;
  return KEY.test(text);
}

const KEY = /(\\{0,31}["'])[^"'\\\n]{0,200}\1[ \t]{0,8}:/y;

const SPACE = /[ \t]{1,4}/y;
const NO_ARGUMENT =
  /^(?:-|(?:a|an|and|are|argument|arguments|as|can|flag|flags|for|from|has|if|in|instead|is|must|needs|not|on|option|options|or|parameter|requires|should|the|to|value|via|was|when|will|with)$)/i;

function argumentMatch(view: View, word: SecretWord): Match | undefined {
  SPACE.lastIndex = word.end;
  if (!SPACE.test(view.text)) {
    return undefined;
  }
  const start = SPACE.lastIndex;
  return quotedMatch(view, start, word) ?? wordMatch(view, start, word);
}

function wordMatch(view: View, start: number, word: SecretWord): Match | undefined {
  const run = unquotedSecret(view.text, start, {
    kind: word.kind,
    isAssigned: true,
    isJson: view.isJsonAt(start),
  });
  if (run === undefined) {
    return undefined;
  }
  const value = /^[^ \t\r\n"'`\\.,;:)]{0,64}/.exec(view.text.slice(start, start + 64))?.[0] ?? '';
  return NO_ARGUMENT.test(value) || isHarmless(value)
    ? undefined
    : { start, end: start, replacement: marker(word.kind), run };
}

function quotedMatch(view: View, start: number, word: SecretWord): Match | undefined {
  const opening = readOpeningMark(view.text, start);
  if (opening === undefined || view.text[opening.end] === '-') {
    return undefined;
  }
  const run = quotedSecret(view.text, opening, view.isJsonAt(start));
  return run && { start: opening.end, end: opening.end, replacement: marker(word.kind), run };
}
