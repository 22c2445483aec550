import { toByteString } from '../byte-string.ts';

/**
 * How a value may be written in output: plain, JSON-escaped (up to four times), URL-escaped, base64
 * at any alignment; as byte strings.
 */
export function spellings(value: string): string[] {
  const texts = NEVER_ESCAPED.test(value)
    ? [value]
    : new Set([value, ...jsonSpellings(value), ...urlSpellings(value)]);
  return [...new Set([...[...texts].map(toByteString), ...base64Spellings(value)])];
}

const NEVER_ESCAPED = /^[A-Za-z0-9_.-]*$/;

/**
 * Also as PHP (`\/`), Python (`\u00e4`) and Go (`\u0026`) write it; and again as often as JSON is
 * likely to be kept inside of JSON.
 */
function jsonSpellings(value: string): string[] {
  const plain = jsonEscape(value);
  const slashed = plain.replaceAll('/', '\\/');
  const once = [plain, slashed, asciiEscape(plain), asciiEscape(slashed), htmlSafeEscape(plain)];
  return once.flatMap((text) => nested(text, MOST_NESTED));
}

const MOST_NESTED = 4;

function nested(text: string, times: number): string[] {
  return times === 1 ? [text] : [text, ...nested(jsonEscape(text), times - 1)];
}

function jsonEscape(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function asciiEscape(text: string): string {
  return text.replaceAll(/[^\0-\x7f]/g, unicodeEscape);
}

function htmlSafeEscape(text: string): string {
  return text.replaceAll(/[<>&]/g, unicodeEscape);
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function urlSpellings(value: string): string[] {
  if (LONE_SURROGATE.test(value)) {
    return [];
  }
  const component = encodeURIComponent(value);
  const strict = component.replaceAll(/[!'()*~]/g, percentEscape);
  const forms = [
    component,
    strict,
    encodeURI(value),
    component.replaceAll('%2F', '/'),
    strict.replaceAll('%2F', '/'),
  ];
  const spaced = forms.map((form) => form.replaceAll('%20', '+'));
  return [...forms, ...spaced].flatMap((form) => [
    form,
    form.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
  ]);
}

const LONE_SURROGATE = /[\ud800-\udfff]/u;

function percentEscape(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/**
 * Wherever the value lies in what was encoded, one of three alignments shows; letters that depend
 * on its neighbours are left out.
 */
function base64Spellings(value: string): string[] {
  const cores = [0, 1, 2].map((offset) => base64Core(Buffer.from(value, 'utf8'), offset));
  return [...cores, ...cores.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'))];
}

function base64Core(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}
