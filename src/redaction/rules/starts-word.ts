/**
 * Whether a secret may begin at `index`: not in the middle of a word. The `n` of `\n` or the `m` of
 * a colour is no part of a word.
 */
export function startsWord(text: string, index: number, floor: number): boolean {
  if (index <= floor || !LETTER.test(text.charAt(index - 1))) {
    return true;
  }
  return ESCAPE.test(text.slice(Math.max(0, index - 16), index));
}

const LETTER = /[A-Za-z0-9]/;
const ESCAPE = /(?:\\[nrtbf]|\\u[0-9A-Fa-f]{4}|\[[0-9;]{0,12}m|%[0-9A-Fa-f]{2})$/;
