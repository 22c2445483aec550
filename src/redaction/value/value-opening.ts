import type { View } from '../pattern/view.ts';
import { readOpeningMark, type OpeningMark } from './opening-mark.ts';
import type { Separator } from './separator.ts';

/**
 * The mark that opens the value behind a separator; undefined where the value is not quoted, and
 * `closed` where a mark closes the text around, as in `"Password: "`.
 */
export function readValueOpening(
  view: View,
  separator: Separator,
): OpeningMark | 'closed' | undefined {
  const opening = readOpeningMark(view.text, separator.end);
  return opening === undefined || isOpening(view, opening, separator) ? opening : 'closed';
}

function isOpening(view: View, opening: OpeningMark, separator: Separator): boolean {
  const { keyMark, keyBackslashes } = separator;
  const isJson = view.isJsonAt(separator.end);
  const mayCloseALine = isJson && opening.mark === '"' && opening.backslashes % 2 === 0;
  const isPair = keyMark === opening.mark && keyBackslashes.length === opening.backslashes;
  if (isPair || (keyMark !== '' && !mayCloseALine)) {
    return true;
  }
  const next = view.text.slice(opening.end, opening.end + 2);
  if (next === '' || CLOSED.test(next)) {
    return false;
  }
  return (
    !/^[ \t]/.test(next) || (!mayCloseALine && mayOpenBeforeSpace(view.text, separator, opening))
  );
}

/** What only a closing mark has behind it. */
const CLOSED = /^(?:[,:\\\r\n]|[}\]);](?![A-Za-z0-9]))/;

/** `PASSWORD=" x"` opens, `print("password=" + x)` closes: there a mark is open before it. */
function mayOpenBeforeSpace(
  text: string,
  { isTight, end }: Separator,
  { mark }: OpeningMark,
): boolean {
  const before = text.slice(Math.max(0, end - LOOK_BACK), end).replace(/^[^]*\n/, '');
  const marks = before.replaceAll(/\\["']/g, '').split(mark).length - 1;
  return isTight && mark !== '`' && marks % 2 === 0;
}

const LOOK_BACK = 96;
