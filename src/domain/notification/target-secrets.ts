import type { NotifyTarget } from './target.ts';

/** What of a target must never be shown: whole addresses, logins, and the parts of a path or query that look like keys. */
export function targetSecrets(target: NotifyTarget): readonly string[] {
  switch (target.kind) {
    case 'desktop':
      return [];
    case 'command':
      return target.words.slice(1).filter(looksLikeKey);
    default:
      return httpSecrets(target.url, target.login);
  }
}

function httpSecrets(
  url: string,
  login: { readonly user: string; readonly password: string } | null,
): string[] {
  const address = url.replace(/^https?:\/\/[^/]*/, '');
  const parts = address.split(/[/?&=]/).filter(looksLikeKey);
  const logins = login === null ? [] : [login.password, login.user].filter((part) => part !== '');
  return address.length < LEAST
    ? logins
    : [url, url.replace(/^https?:\/\//, ''), ...parts, ...logins];
}

/** Shorter ones, and mere words, stand in too many innocent places. */
const LEAST = 8;

function looksLikeKey(part: string): boolean {
  return part.length >= 12 && /\d/.test(part) && /[a-z]/i.test(part);
}
