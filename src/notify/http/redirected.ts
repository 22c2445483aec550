import type { Answer } from './post.ts';

/** Where the request goes on to; null: nowhere, or to another host, or from https to http. */
export function redirected(from: URL, { status, location }: Answer): URL | null {
  const to = KEEPING.has(status) && location !== null ? URL.parse(location, from) : null;
  if (to === null || to.hostname !== from.hostname) {
    return null;
  }
  const isSame = to.protocol === from.protocol && to.port === from.port;
  return isSame || (from.protocol === 'http:' && to.protocol === 'https:') ? to : null;
}

/** 303 says to look elsewhere by GET. */
const KEEPING: ReadonlySet<number> = new Set([301, 302, 307, 308]);
