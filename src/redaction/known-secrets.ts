import { userinfosIn } from './url-userinfo.ts';

/** A value that must never be shown, and the name it is shown by. */
export interface KnownSecret {
  readonly name: string;
  readonly value: string;
}

/** Shorter values stand in too many innocent places. */
export const LEAST_SECRET_LENGTH = 8;

/**
 * The values worth hiding in an environment: those of secret-like variables and of the variables
 * named in `alsoSecret`, and userinfo and password of URLs in any variable; each of 8 characters
 * and more.
 */
export function collectSecrets(
  env: Readonly<Record<string, string | undefined>>,
  alsoSecret: readonly string[] = [],
): KnownSecret[] {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) {
      continue;
    }
    for (const secret of secretsOf(name, value, alsoSecret)) {
      if (secret.length >= LEAST_SECRET_LENGTH && !found.has(secret)) {
        found.set(secret, name);
      }
    }
  }
  return [...found].map(([value, name]) => ({ name, value }));
}

/**
 * `*_KEY`, `*_TOKEN`, `*_SECRET*`, `*PASSWORD*`, `*_CREDENTIALS`, and the same words alone; upper
 * and lower case.
 */
export function isSecretLikeName(name: string): boolean {
  return SECRET_LIKE.test(name);
}

/**
 * Whether a value holds a URL that carries a login: `scheme://user:password@host` or
 * `https://token@host`.
 */
export function hasUrlUserinfo(value: string): boolean {
  return userinfosIn(value).length > 0;
}

const SECRET_LIKE = new RegExp(
  [
    '[_-](?:key|token|passwd|passphrase|credentials)$',
    '(?:api|access|secret|private)keys?$',
    '(?:auth|access)token$',
    '(?:^|[_-])secret',
    'password',
    '^(?:token|key|passwd|passphrase|credentials)$',
  ].join('|'),
  'i',
);

function secretsOf(name: string, value: string, alsoSecret: readonly string[]): string[] {
  const wholly = isSecretLikeName(name) || alsoSecret.includes(name);
  return [
    ...(wholly ? [value, value.trim()] : []),
    ...userinfosIn(value).flatMap(partsOfUserinfo),
    ...(HEADER_LIST.test(name) ? headerValues(value) : []),
  ];
}

/** Of OpenTelemetry: `x-api-key=…,authorization=Bearer%20…`. */
const HEADER_LIST = /OTEL_EXPORTER_OTLP_(?:\w+_)?HEADERS$/;

/** As they are written, as they are sent, and without the scheme before them. */
function headerValues(list: string): string[] {
  return list.split(',').flatMap((pair) => {
    const written = pair.slice(pair.indexOf('=') + 1).trim();
    const sent = percentDecoded(written);
    return [written, sent, sent.replace(/^\w+ /, '')];
  });
}

/** The password also as the program that reads the URL sees it: percent signs decoded. */
function partsOfUserinfo(userinfo: string): string[] {
  const password = userinfo.slice(userinfo.indexOf(':') + 1);
  return [password, percentDecoded(password), userinfo];
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
