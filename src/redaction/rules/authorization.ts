import { marker } from '../marker.ts';
import type { Match, Rule } from '../pattern/rule.ts';
import type { View } from '../pattern/view.ts';
import { wasJudged } from '../value/harmless-value.ts';
import { quotedSecret, readOpeningMark, type OpeningMark } from '../value/opening-mark.ts';
import { readSeparator, type Separator } from '../value/separator.ts';
import { unquotedSecret } from '../value/unquoted-value.ts';
import { readValueOpening } from '../value/value-opening.ts';

/**
 * What stands behind `Authorization:`, in a header, an object or a list; the name of the scheme
 * stays.
 */
export const authorization: Rule = {
  anchors: ['autho(riz)ation'],
  match(view, at) {
    NAME.lastIndex = at;
    if (!NAME.test(view.text)) {
      return undefined;
    }
    const separator = readSeparator(view.text, NAME.lastIndex);
    return separator === undefined ? listMatch(view, NAME.lastIndex) : valueMatch(view, separator);
  },
};

const NAME = /authorization/iy;

/** `["Authorization", "Bearer x"]`: only with its scheme, or any next word would do. */
function listMatch(view: View, at: number): Match | undefined {
  COMMA.lastIndex = at;
  if (!COMMA.test(view.text)) {
    return undefined;
  }
  const opening = readOpeningMark(view.text, COMMA.lastIndex);
  return opening && schemeMatch(view, opening.end);
}

const COMMA = /\\{0,31}["'`][ \t]{0,8},[ \t]{0,8}/y;

function valueMatch(view: View, separator: Separator): Match | undefined {
  const end =
    separator.end + (LIST_START.test(view.text.slice(separator.end, separator.end + 2)) ? 1 : 0);
  const opening = readValueOpening(view, { ...separator, end });
  if (opening === 'closed') {
    return undefined;
  }
  const start = opening?.end ?? end;
  return readScheme(view.text, start) === undefined
    ? plainMatch(view, start, opening)
    : schemeMatch(view, start);
}

const LIST_START = /^\[[\\"']/;

function schemeMatch(view: View, start: number): Match | undefined {
  const scheme = readScheme(view.text, start);
  if (scheme === undefined) {
    return undefined;
  }
  return scheme.hasFields ? fieldsMatch(view, scheme.end) : wordMatch(view, scheme.end, true);
}

const SCHEME =
  /(?:basic|bearer|token|api-?key|key|jwt|negotiate|ntlm|(digest|oauth|hawk|hmac|signature|aws4-hmac-sha256))(?![A-Za-z0-9_-])[ \t]{0,4}/iy;

function readScheme(text: string, start: number): { end: number; hasFields: boolean } | undefined {
  SCHEME.lastIndex = start;
  const [all = '', withFields] = SCHEME.exec(text) ?? [];
  return all === '' ? undefined : { end: start + all.length, hasFields: withFields !== undefined };
}

function wordMatch(view: View, start: number, isBehindScheme: boolean): Match | undefined {
  const isJson = view.isJsonAt(start);
  const place = { kind: 'authorization', isAssigned: false, isBehindScheme, isJson } as const;
  const run = unquotedSecret(view.text, start, place);
  return run && { start, end: start, replacement: marker('authorization'), run };
}

const LONGEST_FIELDS = 2048;
/** `name="value", name=value` up to the mark that closes the header. */
const FIELDS = /^(?=[\w-]{1,40}=)(?:=(\\{0,7}")(?![,:}\]])[^"\\\r\n]{0,512}\1|[^"'\\\r\n])+/;

function fieldsMatch(view: View, start: number): Match | undefined {
  const fields = FIELDS.exec(view.text.slice(start, start + LONGEST_FIELDS))?.[0];
  if (fields === undefined || wasJudged(fields)) {
    return undefined;
  }
  return { start, end: start + fields.length, replacement: marker('authorization') };
}

function plainMatch(
  view: View,
  start: number,
  opening: OpeningMark | undefined,
): Match | undefined {
  if (opening === undefined) {
    return wordMatch(view, start, false);
  }
  const run = quotedSecret(view.text, opening, view.isJsonAt(start));
  return run && { start: opening.end, end: opening.end, replacement: marker('authorization'), run };
}
