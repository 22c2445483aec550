/** What stands between a name and its value. */
export interface Separator {
  /** The mark that closes a quoted name, with the backslashes before it. */
  readonly keyMark: string;
  readonly keyBackslashes: string;
  readonly sign: string;
  /** Whether no white space stands around the sign. */
  readonly isTight: boolean;
  /** Behind it: where the value begins. */
  readonly end: number;
}

/**
 * A closing mark of the name, perhaps a bracket (`env["TOKEN"]`), then `=`, `:=`, `?=`, `:` or
 * `=>`; but no comparison and no `::`.
 */
export function readSeparator(text: string, at: number): Separator | undefined {
  FORM.lastIndex = at;
  const found = FORM.exec(text);
  if (found === null) {
    return undefined;
  }
  const [all, keyBackslashes = '', keyMark = '', before = '', sign = '', after = ''] = found;
  const isTight = before === '' && after === '';
  return { keyMark, keyBackslashes, sign, isTight, end: at + all.length };
}

const FORM = /(?:(\\{0,31})(["'`])\]?)?([ \t]{0,64})(:=|\?=|=>|=(?![=~])|:(?![:/=]))([ \t]{0,64})/y;
