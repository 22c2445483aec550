import { marker } from '../marker.ts';
import type { Rule } from '../pattern/rule.ts';

/**
 * `name@host.tld`. Not `git@host`, nor a version (`pkg@1.2.3-rc.one`), a picture (`icon@2x.png`), a
 * unit (`getty@tty1.service`), a login of a URL.
 */
export const email: Rule = {
  anchors: ['@'],
  match({ text, floor }, at) {
    const start = localStart(text, at, floor);
    if (start === at || text.slice(start, at) === 'git' || isBehindScheme(text, start)) {
      return undefined;
    }
    DOMAIN.lastIndex = at + 1;
    const domain = DOMAIN.exec(text)?.[0];
    if (domain === undefined || NO_DOMAIN.test(domain)) {
      return undefined;
    }
    return { start, end: at + 1 + domain.length, replacement: marker('email') };
  },
};

const LONGEST_LOCAL = 64;
const DOMAIN = /(?:[A-Za-z0-9\x80-\xff][A-Za-z0-9\x80-\xff-]{0,62}\.){1,8}[A-Za-z]{2,24}/y;
const NO_DOMAIN =
  /^v?\d+\.\d|^\dx\.|\.(?:png|jpe?g|gif|svg|webp|css|jsx?|tsx?|[cm]js|json|ya?ml|toml|html?|txt|log|xml|lock|service|socket|timer|target|mount|slice|scope|device)$/i;

function localStart(text: string, at: number, floor: number): number {
  const least = Math.max(floor, at - LONGEST_LOCAL, 0);
  let start = at;
  while (start > least && LOCAL.test(text.charAt(start - 1))) {
    start -= 1;
  }
  return skipEscape(text, start, at);
}

const LOCAL = /[A-Za-z0-9._%+-]/;

/** The `n` of `\n` before a name is no part of it; `\n@decorator` has no name at all. */
function skipEscape(text: string, start: number, at: number): number {
  if (start === 0 || text[start - 1] !== '\\') {
    return start;
  }
  const escape = /^(?:[nrtbf]|u[0-9A-Fa-f]{4})/.exec(text.slice(start, at))?.[0] ?? '';
  return start + escape.length;
}

function isBehindScheme(text: string, start: number): boolean {
  return text.slice(Math.max(0, start - 3), start) === '://';
}
