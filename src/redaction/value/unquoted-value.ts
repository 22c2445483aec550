import type { Kind } from '../marker.ts';
import { UnquotedRun } from '../runs/unquoted-run.ts';
import { beginsAsReference, isHarmless, wasJudged } from './harmless-value.ts';

export interface UnquotedPlace {
  readonly kind: Kind;
  /**
   * Whether it stands right behind a `=`, as only a shell, a query or a settings file writes it.
   */
  readonly isAssigned: boolean;
  /** Whether it stands behind the scheme of a header, where no program has an expression. */
  readonly isBehindScheme?: boolean;
  readonly isJson: boolean;
}

/**
 * The run of the secret word at `from`, or undefined where the word is none: nothing, a
 * placeholder, a URL, a list or an object, an expression of a program, or prose (`the token = the
 * next word`: a plain word with more words behind it).
 */
export function unquotedSecret(
  text: string,
  from: number,
  place: UnquotedPlace,
): UnquotedRun | undefined {
  const run = new UnquotedRun(place.isJson);
  const head = text.slice(from, from + LONGEST_HEAD + LOOK_AHEAD);
  const { end } = run.advance(head, { from: 0, to: Math.min(LONGEST_HEAD, head.length) });
  const value = head.slice(0, Math.min(end, LONGEST_HEAD));
  if (!HAS_SUBSTANCE.test(value) || isNoSecret(value)) {
    return undefined;
  }
  const rest = head.slice(value.length);
  if (isExpression(value, rest, place)) {
    return undefined;
  }
  return isProse(value, rest, place) ? undefined : run;
}

const LONGEST_HEAD = 256;
const LOOK_AHEAD = 128;
const HAS_SUBSTANCE = /^(?!["'`]|\/\*)[^([]*[A-Za-z0-9\x80-\xff]|^\[REDACTED:/;
const URL = /^[a-z][a-z0-9+.-]{1,20}:\/\//i;

function isNoSecret(value: string): boolean {
  return isHarmless(value) || wasJudged(value) || beginsAsReference(value) || URL.test(value);
}

/** `getToken(…)`, `tokens[0]`. */
const CALL = /^[A-Za-z_$][\w$]*(?:(?:\??\.|::|->)[A-Za-z_$][\w$]*)*\??\.?[([](?!REDACTED:)/;
const CALL_OF_LETTERS = /^[A-Za-z_$]+(?:(?:\??\.|::|->)[A-Za-z_$]+)*\(/;
const FIELD = /^[A-Za-z_$]+(?:\??\.[A-Za-z_$]+)+$/;
const KNOWN_FIELD =
  /^(?:process\.env|os\.environ|import\.meta|env|config|settings|self|this|req|request|form|user|data|args|argv|opts|options|params|props|state|ctx|context|secrets|var|local|body|input|payload)(?:\??\.#?[A-Za-z_$][\w$]*)+$/;
const NAME = /^[A-Za-z_$][A-Za-z_$]*$/;
/** `Option<String>`. */
const GENERIC = /^[A-Z][A-Za-z]*<[A-Za-z&<>.,' ]*>?$/;
/** `api_key=api_key)`: a parameter given on. */
const PARAMETER =
  /^(?:[A-Za-z_]*_)?(?:password|passwd|secret|token|api_?key)$|^(?:api|[A-Za-z]*[a-z](?:Api)?)(?:Password|Secret|Token|Key)$/;
/** `this.token = token`. */
const SAME_NAME = /^(?:password|passwd|passphrase|secret|token|api_?key)$/i;

/**
 * What stands behind a name in a program: the end of a statement or parameter, a union, an
 * instantiation.
 */
const BEHIND_NAME = /^(?:[;,)]|[ \t]*(?:\?\?|\|\||&&|[|([{]|<[A-Za-z]|=[^=]))/;

function isExpression(value: string, rest: string, place: UnquotedPlace): boolean {
  if (KNOWN_FIELD.test(value.replace(/^!+/, '')) || CALL_OF_LETTERS.test(value + rest)) {
    return true;
  }
  if (place.isBehindScheme === true) {
    return false;
  }
  if (place.isAssigned) {
    return PARAMETER.test(value) && /^[,)]/.test(rest);
  }
  if (GENERIC.test(value) || SAME_NAME.test(value)) {
    return true;
  }
  return (
    CALL.test(value + rest) || FIELD.test(value) || (NAME.test(value) && BEHIND_NAME.test(rest))
  );
}

/** `word`, `Word`, `WORD`, `some-word`, `someWord`; not letters in any case, as random ones are. */
const PLAIN_WORD = /^(?:[A-Za-z][a-z'_-]*|[A-Z][A-Z_-]*s?|[A-Za-z][a-z]+(?:[A-Z][a-z]+){1,3})$/;
const NUMBER = /^[-+]?\d[\d.,_]*$/;
const LINE_ENDS = /^[ \t}\]]*(?:$|[\r\n\0"'`]|\\{1,32}[nr"'`]|[ \t]#|<\/)/;
/** A number in an object has a next field or a closing bracket behind it. */
const FIELD_ENDS = /^[,}\]][ \t,}\]]*(?:$|[\r\n"'\\])/;

function isProse(value: string, rest: string, place: UnquotedPlace): boolean {
  if (NUMBER.test(value) && place.kind === 'token') {
    return true;
  }
  if (place.isAssigned || !(PLAIN_WORD.test(value) || NUMBER.test(value))) {
    return false;
  }
  return !(LINE_ENDS.test(rest) || (NUMBER.test(value) && FIELD_ENDS.test(rest)));
}
