/** Where in a private key the reader stands. */
export type Place =
  | 'keyStart'
  | 'lineStart'
  | 'inLine'
  | 'stringStart'
  | 'betweenStrings'
  | 'prefix';

export interface Piece {
  readonly kind:
    | 'end'
    | 'letters'
    | 'shortLine'
    | 'header'
    | 'space'
    | 'stringEnd'
    | 'stringStart'
    | 'betweenStrings';
  /** Behind the piece. */
  readonly end: number;
  /** How much stands before the letters of a line that begins with something else. */
  readonly prefixLength: number;
}

/**
 * The piece of a private key at `index`, or undefined where there is none. Real line breaks are
 * pieces of their own.
 */
export function readPiece(text: string, index: number, place: Place): Piece | undefined {
  for (const { kind, form } of PIECES[place]) {
    form.lastIndex = index;
    const found = form.exec(text);
    if (found !== null) {
      return { kind, end: form.lastIndex, prefixLength: found[1]?.length ?? 0 };
    }
  }
  return undefined;
}

interface Form {
  readonly kind: Piece['kind'];
  readonly form: RegExp;
}

const LINE_END = String.raw`(?=[ \t\r]{0,8}(?:\n|$|\\{1,8}[nr]|-----END))`;
const MARK_OF_STRING = String.raw`\\{0,31}["'\x60]`;
const LINE_END_OR_MARK = String.raw`(?=[ \t\r]{0,8}(?:\n|$|\\{1,8}[nr]|${MARK_OF_STRING}|-----END))`;

const end: Form = { kind: 'end', form: /-----END [A-Z0-9 ]{0,60}-----/y };
const space: Form = { kind: 'space', form: /(?:[ \t\r]|\\{1,8}[nrt]){1,64}|\n/y };
const letters: Form = { kind: 'letters', form: /[A-Za-z0-9+/=]+/y };
const longLine: Form = { kind: 'letters', form: /[A-Za-z0-9+/=]{20,}/y };
/**
 * A line number as editors and `cat -n` write it (the arrow in UTF-8), or the sign of a diff or a
 * quotation.
 */
const gutter: Form = {
  kind: 'space',
  form: /\d{1,6}(?:\xe2\x86\x92|[\t:|]|\\{1,8}t)|[+>|#*]|-(?=[A-Za-z0-9+/=]|-----END)/y,
};
/** A time or a name before the letters, as loggers write it. */
const prefixed: Form = {
  kind: 'letters',
  form: new RegExp(
    String.raw`([^\n"\\]{1,64}?)[A-Za-z0-9+/]{40,200}={0,2}${LINE_END_OR_MARK}`,
    'y',
  ),
};
const header: Form = {
  kind: 'header',
  form: /(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|MessageID): [^\n\\"]{0,300}/y,
};
const shortLine: Form = {
  kind: 'shortLine',
  form: new RegExp(`[A-Za-z0-9+/=]{1,19}${LINE_END_OR_MARK}`, 'y'),
};
/**
 * As the element of an array a short word may be anything, unless it is padded or the key ends
 * behind it.
 */
const shortElement: Form = {
  kind: 'shortLine',
  form: new RegExp(
    [
      String.raw`[A-Za-z0-9+/]{1,18}={1,2}(?=${MARK_OF_STRING})`,
      String.raw`[A-Za-z0-9+/]{1,19}${LINE_END}`,
      String.raw`[A-Za-z0-9+/]{1,19}(?=${MARK_OF_STRING}[ \t]{0,8},[ \t]{0,8}${MARK_OF_STRING}[-+ ]{0,2}-----END)`,
    ].join('|'),
    'y',
  ),
};
const stringEnd: Form = { kind: 'stringEnd', form: /\\{0,31}["'`]/y };
const stringStart: Form = { kind: 'stringStart', form: /\\{0,31}["'`]/y };
const betweenStrings: Form = { kind: 'betweenStrings', form: /[,+\n]|[ \t\r]{1,64}|\\{1,8}[nrt]/y };

/** Behind a prefix of `length` a line that is too short to be recognized by itself. */
export function readPrefixed(text: string, index: number, length: number): Piece | undefined {
  if (length === 0 || /[\n"\\]/.test(text.slice(index, index + length))) {
    return undefined;
  }
  return readPiece(text, index + length, 'prefix');
}

const PIECES: Readonly<Record<Place, readonly Form[]>> = {
  keyStart: [end, space, stringEnd, header, longLine, gutter, prefixed, shortLine],
  lineStart: [end, space, stringEnd, longLine, gutter, prefixed, shortLine],
  inLine: [end, letters, space, stringEnd],
  stringStart: [end, space, longLine, gutter, shortElement],
  betweenStrings: [stringStart, betweenStrings],
  prefix: [end, shortLine],
};
