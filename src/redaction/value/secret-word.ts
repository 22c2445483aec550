import type { Kind } from '../marker.ts';

export interface SecretWord {
  readonly kind: Kind;
  /** Behind the word and what belongs to it, as in `SECRET_KEY_BASE` or `password2`. */
  readonly end: number;
}

/** The letters by which `readSecretWord` is asked, as anchors. */
export const SECRET_WORD_ANCHORS = [
  'pa(ssw)ord',
  'pas(sph)rase',
  's(ecr)et',
  '(tok)en',
  '(key)',
  'cr(ede)ntials',
] as const;

/**
 * A word at `at` whose value is secret: password, passwd, passphrase, secret, token; key behind
 * api, access, private and the like or in capitals (`SIGNING_KEY`); `_CREDENTIALS` in capitals. Not
 * where it goes on to name something else: `max_tokens`, `token_count`, `SECRET_NAME`.
 */
export function readSecretWord(text: string, at: number): SecretWord | undefined {
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0];
  if (word === undefined) {
    return undefined;
  }
  const end = endOfName(text, at + word.length, word);
  const kind =
    end === -1 ? undefined : kindOf(word, () => text.slice(Math.max(0, at - LONGEST_PREFIX), at));
  return kind && { kind, end };
}

/** The kind of secret that a whole key of an object names. */
export function secretKindOf(name: string): Kind | undefined {
  if (/authorization$/i.test(name)) {
    return 'authorization';
  }
  for (const word of name.matchAll(ANY_WORD)) {
    const secret = readSecretWord(name, word.index);
    if (secret?.end === name.length) {
      return secret.kind;
    }
  }
  return undefined;
}

/** Whether a text is one of the words the rules go by, and nothing else. */
export function isSecretWord(text: string): boolean {
  return /^(?:password|passphrase|credentials|authorization)s?$/i.test(text);
}

const WORD = /pass(?:word|wd|phrase)|secret|token|key|credentials/iy;
const ANY_WORD = /pass(?:word|wd|phrase)|secret|token|key|credentials/gi;
const LONGEST_PREFIX = 12;

const SECRET_KEY =
  /(?:api[-_. ]?|(?:access|private|auth|encryption|signing|master|account|storage)[-_.]?)$/i;
const CAPITAL_PREFIX = /[A-Z0-9]_$/;
const OPEN_KEY = /(?:PUBLIC|PRIMARY|FOREIGN|SORT|PARTITION|CACHE|UNIQUE)_$/;

function kindOf(word: string, readBefore: () => string): Kind | undefined {
  switch (word.toLowerCase()) {
    case 'secret':
      return 'secret';
    case 'token':
      return 'token';
    case 'key':
      return isSecretKey(word, readBefore()) ? 'api-key' : undefined;
    case 'credentials':
      return word === 'CREDENTIALS' && CAPITAL_PREFIX.test(readBefore())
        ? 'credentials'
        : undefined;
    default:
      return 'password';
  }
}

function isSecretKey(word: string, before: string): boolean {
  return (
    SECRET_KEY.test(before) ||
    (word === 'KEY' && CAPITAL_PREFIX.test(before) && !OPEN_KEY.test(before))
  );
}

const SUFFIX =
  /(?:[-_]?(?:access[-_]?)?key(?:[-_]?base)?)?(?:[-_]?(?:value|hash|base64|b64|v?\d{1,3}))?/iy;
const CAPITAL_SUFFIX = /S?(?:\d{1,3})?(?:_[A-Z0-9_]{0,40})?/y;
const NAMES_ANOTHER_THING =
  /_(?:COUNT|LIMIT|TYPE|URL|URI|FILE|PATH|DIR|NAME|ID|LENGTH|LEN|SIZE|TTL|ENDPOINT|EXPIRY|EXPIRES|EXPIRES_(?:AT|IN)|BUDGET|AGE|ENABLED|REQUIRED|POLICY|HEADER|FIELD|PREFIX)$/;

/** `API_KEYS`, `STRIPE_KEY_LIVE`, but no `KEY_USAGE`. */
const SUFFIX_OF_KEY = /^S?\d*(?:_(?:BASE|PROD|PRODUCTION|STAGING|DEV|TEST|LIVE|OLD|NEW|V?\d+))?$/;

function endOfName(text: string, from: number, word: string): number {
  const isCapital = word === word.toUpperCase();
  const form = isCapital ? CAPITAL_SUFFIX : SUFFIX;
  form.lastIndex = from;
  const suffix = form.exec(text)?.[0] ?? '';
  const end = from + suffix.length;
  const goesOn = /[A-Za-z0-9_]/.test(text.charAt(end));
  return goesOn || (isCapital && namesAnotherThing(word, suffix)) ? -1 : end;
}

function namesAnotherThing(word: string, suffix: string): boolean {
  switch (word) {
    case 'KEY':
      return !SUFFIX_OF_KEY.test(suffix);
    case 'TOKEN':
      return suffix.startsWith('S') || NAMES_ANOTHER_THING.test(suffix);
    default:
      return NAMES_ANOTHER_THING.test(suffix);
  }
}
