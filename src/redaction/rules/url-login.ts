import { marker } from '../marker.ts';
import type { Rule } from '../pattern/rule.ts';
import { readUserinfo } from '../url-userinfo.ts';
import { isHarmless } from '../value/harmless-value.ts';

/** The login of a URL, as in `postgres://user:password@host`. */
export const urlLogin: Rule = {
  anchors: ['(://)'],
  match({ text }, at) {
    const userinfo = readUserinfo(text, at);
    if (userinfo === undefined || isPlaceholder(userinfo)) {
      return undefined;
    }
    const start = at + 3;
    return { start, end: start + userinfo.length, replacement: marker('url-userinfo') };
  },
};

function isPlaceholder(userinfo: string): boolean {
  return isHarmless(userinfo.slice(userinfo.indexOf(':') + 1));
}
