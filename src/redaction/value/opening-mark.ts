import { QuotedRun } from '../runs/quoted-run.ts';
import { isHarmless, wasJudged } from './harmless-value.ts';

export interface OpeningMark {
  readonly mark: string;
  readonly backslashes: number;
  /** Behind the mark. */
  readonly end: number;
}

/**
 * The quotation mark at `at`, with the backslashes before it and the letter that Python and others
 * put there.
 */
export function readOpeningMark(text: string, at: number): OpeningMark | undefined {
  FORM.lastIndex = at;
  const [, backslashes = '', mark = ''] = FORM.exec(text) ?? [];
  return mark === '' || !isDepth(backslashes.length)
    ? undefined
    : { mark, backslashes: backslashes.length, end: FORM.lastIndex };
}

/**
 * The run of the content behind an opening mark, or undefined where it is empty or a placeholder.
 */
export function quotedSecret(
  text: string,
  opening: OpeningMark,
  isJson: boolean,
): QuotedRun | undefined {
  const run = new QuotedRun({ mark: opening.mark, backslashes: opening.backslashes, isJson });
  const content = quotedHead(text, opening, run);
  return content === '' || isHarmless(content) || wasJudged(content) ? undefined : run;
}

/** The content behind an opening mark, at most LONGEST_HEAD characters of it. */
function quotedHead(text: string, { end: from }: OpeningMark, run: QuotedRun): string {
  const head = text.slice(from, from + LONGEST_HEAD + LOOK_AHEAD);
  const { end } = run.advance(head, { from: 0, to: Math.min(LONGEST_HEAD, head.length) });
  return head.slice(0, Math.min(end, LONGEST_HEAD));
}

/** Each string around doubles the backslashes and adds one: 0, 1, 3, 7, 15, 31. */
function isDepth(backslashes: number): boolean {
  return (backslashes & (backslashes + 1)) === 0;
}

const FORM = /[bBfFrRuU$@]{0,2}(\\{0,31})(["'`])/y;
const LONGEST_HEAD = 256;
const LOOK_AHEAD = 128;
