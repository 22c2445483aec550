import type { Rule } from '../pattern/rule.ts';
import { marker } from '../marker.ts';
import { startsWord } from './starts-word.ts';
import { ClassRun } from '../runs/class-run.ts';

/** `Bearer x` without its header: letters that no word has, or too many for one. */
export const bearer: Rule = {
  anchors: ['(bea)rer'],
  match({ text, floor }, at) {
    HEAD.lastIndex = at;
    const [head = '', token = ''] = HEAD.exec(text) ?? [];
    if (head === '' || !startsWord(text, at, floor) || !isRandom(token)) {
      return undefined;
    }
    const start = at + head.length - token.length;
    return { start, end: at + head.length, replacement: marker('bearer'), run };
  },
};

const HEAD = /bearer[ \t]{1,4}([A-Za-z0-9._~+/=-]{8,256})/iy;
const run = new ClassRun(/[A-Za-z0-9._~+/=-]*/y);

function isRandom(token: string): boolean {
  return (
    /[0-9]/.test(token) ||
    token.length >= 32 ||
    (token.length >= 16 && !/^[A-Za-z][a-z._~-]*$/.test(token))
  );
}
