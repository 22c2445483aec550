import { marker } from '../marker.ts';
import type { Rule } from '../pattern/rule.ts';
import { startsWord } from './starts-word.ts';

/** `Basic x` without its header, where x is `name:password` in base64. */
export const basic: Rule = {
  anchors: ['ba(sic)'],
  match({ text, floor }, at) {
    FORM.lastIndex = at;
    const [all = '', login = ''] = FORM.exec(text) ?? [];
    if (all === '' || !startsWord(text, at, floor) || !isLogin(login)) {
      return undefined;
    }
    return {
      start: at + all.length - login.length,
      end: at + all.length,
      replacement: marker('basic'),
    };
  },
};

const FORM = /basic[ \t]{1,4}([A-Za-z0-9+/_-]{6,1024}={0,2})/iy;

function isLogin(login: string): boolean {
  return /^[^\0-\x1f\x7f:]*:[^\0-\x1f\x7f]+$/.test(Buffer.from(login, 'base64').toString('latin1'));
}
