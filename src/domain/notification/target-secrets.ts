import type { Login, NotifyTarget } from './target.ts';

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

function httpSecrets(url: string, login: Login | null): string[] {
  const address = url.replace(/^https?:\/\/[^/]*\/?/, '');
  const whole = address === '' ? [] : [url, url.replace(/^https?:\/\//, '')];
  const logins = login === null ? [] : [login.password, login.user];
  return [
    ...whole,
    ...address.split(/[/?&=]/).filter(looksLikeKey),
    ...logins.filter((part) => part.length >= LEAST),
  ];
}

/** Shorter ones, and mere words, stand in too many innocent places. */
const LEAST = 8;

function looksLikeKey(part: string): boolean {
  return part.length >= 12 && /\d/.test(part) && /[a-z]/i.test(part);
}
