import { marker } from '../marker.ts';
import type { Rule } from '../pattern/rule.ts';
import { privateKeyBodyAt } from '../runs/private-key-begin.ts';
import { PrivateKeyRun } from '../runs/private-key-run.ts';

/** A private key in PEM form. */
export const privateKey: Rule = {
  anchors: ['---(--B)EGIN'],
  match({ text }, at) {
    const body = privateKeyBodyAt(text, at);
    if (body === -1) {
      return undefined;
    }
    return { start: at, end: body, replacement: marker('private-key'), run: new PrivateKeyRun() };
  },
};
