/** The logins that the URLs of a text carry, without the `@`. */
export function userinfosIn(text: string): string[] {
  return [...text.matchAll(URL_START)].flatMap((url) => {
    const userinfo = readUserinfo(text, url.index);
    return userinfo === undefined ? [] : [userinfo];
  });
}

/**
 * The login behind the `://` at `at`: whatever has a password, and a lone name before an http host,
 * for there it is a token. A lone name elsewhere (`ssh://git@host`) is an address, not a secret.
 */
export function readUserinfo(text: string, at: number): string | undefined {
  if (!SCHEME_END.test(text.slice(Math.max(0, at - 1), at))) {
    return undefined;
  }
  AUTHORITY.lastIndex = at;
  const userinfo = AUTHORITY.exec(text)?.[1];
  if (userinfo === undefined) {
    return undefined;
  }
  const colon = userinfo.indexOf(':');
  if (colon !== -1) {
    return colon === userinfo.length - 1 ? undefined : userinfo;
  }
  return isWebScheme(text, at) && userinfo !== 'git' ? userinfo : undefined;
}

const URL_START = /:\/\//g;
const SCHEME_END = /[A-Za-z0-9]/;
/**
 * Greedy: the last `@` before the path ends the login, as in `user:p@ss@host`. The markers of rules
 * are no part of one.
 */
const AUTHORITY =
  /:\/\/((?:[^ \t\r\n\0/?#"'`<>\\[]|\[(?!REDACTED:(?!env:))){1,1280})@[A-Za-z0-9[_$%{.-]/y;

function isWebScheme(text: string, at: number): boolean {
  return /https?$/i.test(text.slice(Math.max(0, at - 5), at));
}
