/**
 * Whether a whole value is a placeholder, the name of a type or a marker of ours, and hides
 * nothing.
 */
export function isHarmless(value: string): boolean {
  if (value.length > LONGEST) {
    return false;
  }
  return WORD.test(value) || REFERENCE.test(value) || NOTHING.test(value.replace(INSERTED, ''));
}

/**
 * Whether a rule left its marker in a value: then it was judged before, and must be judged the same
 * when it is seen again.
 */
export function wasJudged(value: string): boolean {
  return /\[REDACTED:[a-z-]{1,40}\]/.test(value);
}

/**
 * Whether a value begins as a reference that the reader of an unquoted word sees only in part, such
 * as `${{ secrets.X }}`.
 */
export function beginsAsReference(value: string): boolean {
  return /^(?:\$\{|\$\(|\{|<[A-Za-z])/.test(value);
}

const LONGEST = 200;

const WORD = new RegExp(
  `^[&*?]?(?:${[
    'null|nil|none|undefined|true|false|yes|no|on|off|read|write|inherit',
    'str|string|number|int|integer|bool|boolean|object|any|unknown|void|never|bytes|buffer|text',
    'required|optional|redacted|hidden|masked|empty|missing|unset|x{3,}',
  ].join('|')})[?!]?$`,
  'i',
);

/**
 * `$VAR`, `$var`, `$1`, `$(command)`, `%VAR%`, `%s`, `{field}`, `<placeholder>`. `$ecret1` is none:
 * small letters and digits.
 */
const REFERENCE =
  /^(?:\$[A-Z_][A-Z0-9_]*|\$[a-z_]+|\$\d|\$\([^()]*\)|%[A-Z_]+%|%[sdv]|\{[A-Za-z0-9_. -]*\}|<[A-Za-z][^<>]*>)$/;

/** Markers, `${VAR}`, `{{ field }}`: a value of nothing else but punctuation is a template. */
const INSERTED = /\[(?:REDACTED|redacted)[^[\]]*\]|\$\{\{?[^{}]*\}?\}|\{\{[^{}]*\}\}/g;

const NOTHING = /^[\s*._?#:,/-]*$/;
