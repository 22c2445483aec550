import { marker } from '../marker.ts';
import type { Match, Rule } from '../pattern/rule.ts';
import type { View } from '../pattern/view.ts';
import { wasJudged } from '../value/harmless-value.ts';
import { quotedSecret, readOpeningMark, type OpeningMark } from '../value/opening-mark.ts';
import { unquotedSecret } from '../value/unquoted-value.ts';

/**
 * What stands behind `Authorization:`, in a header, an object or a list; the name of the scheme
 * stays.
 */
export const authorization: Rule = {
  anchors: ['autho(riz)ation'],
  match(view, at) {
    HEADER.lastIndex = at;
    const header = HEADER.exec(view.text);
    if (header === null) {
      return undefined;
    }
    const [all, keyMark = '', sign = ''] = header;
    const start = at + all.length;
    const opening = keyMark === '' ? undefined : readOpeningMark(view.text, start);
    const scheme = readScheme(view.text, opening?.end ?? start);
    if (scheme !== undefined) {
      return scheme.hasFields ? fieldsMatch(view, scheme.end) : wordMatch(view, scheme.end);
    }
    return sign === ',' ? undefined : plainMatch(view, start, opening);
  },
};

const HEADER =
  /authorization(?:\\{0,31}(["'`])\]?)?[ \t]{0,8}(:|=>?|,)(?!=)[ \t]{0,8}(?:\[(?=[\\"']))?/iy;
const SCHEME =
  /(?:basic|bearer|token|api-?key|key|jwt|negotiate|ntlm|(digest|oauth|hawk|hmac|signature|aws4-hmac-sha256))(?![A-Za-z0-9_-])[ \t]{0,4}/iy;

function readScheme(text: string, start: number): { end: number; hasFields: boolean } | undefined {
  SCHEME.lastIndex = start;
  const [all = '', withFields] = SCHEME.exec(text) ?? [];
  return all === '' ? undefined : { end: start + all.length, hasFields: withFields !== undefined };
}

function wordMatch(view: View, start: number): Match | undefined {
  const place = { kind: 'authorization', isAssigned: false, isJson: view.isJsonAt(start) } as const;
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
    return wordMatch(view, start);
  }
  const run = quotedSecret(view.text, opening, view.isJsonAt(start));
  return run && { start: opening.end, end: opening.end, replacement: marker('authorization'), run };
}
