import { QuotedRun } from '../runs/quoted-run.ts';
import { isHarmless } from './harmless-value.ts';

export interface OpeningMark {
  readonly mark: string;
  readonly backslashes: number;
  /** Behind the mark. */
  readonly end: number;
}

/** The quotation mark at `at`, with the backslashes before it and the letter that Python and others put there. */
export function readOpeningMark(text: string, at: number): OpeningMark | undefined {
  FORM.lastIndex = at;
  const [, backslashes = '', mark = ''] = FORM.exec(text) ?? [];
  return mark === '' ? undefined : { mark, backslashes: backslashes.length, end: FORM.lastIndex };
}

/** The run of the content behind an opening mark, or undefined where it is empty or a placeholder. */
export function quotedSecret(text: string, { mark, backslashes, end: from }: OpeningMark, isJson: boolean): QuotedRun | undefined {
  const run = new QuotedRun({ mark, backslashes, isJson });
  const { end, isOpen } = run.advance(text, { from, to: Math.min(from + LONGEST_HEAD, text.length) });
  return end === from || (!isOpen && isHarmless(text.slice(from, end))) ? undefined : run;
}

const FORM = /[bBfFrRuU$@]{0,2}(\\{0,31})(["'`])/y;
const LONGEST_HEAD = 256;
