import { marker } from '../marker.ts';
import type { Rule } from '../pattern/rule.ts';
import type { View } from '../pattern/view.ts';
import { ClassRun } from '../runs/class-run.ts';
import { startsWord } from './starts-word.ts';

/**
 * `header.payload.signature` in base64: a header that is JSON, then a payload that is JSON as well,
 * or the further parts of an encrypted one.
 */
export const jwt: Rule = {
  anchors: ['(eyJ)'],
  match(view, at) {
    const { text, floor } = view;
    const dot = endOfPart(view, at);
    if (dot - at < SHORTEST_HEADER || dot - at > LONGEST_HEADER || !startsWord(text, at, floor)) {
      return undefined;
    }
    PAYLOAD.lastIndex = dot;
    return PAYLOAD.test(text)
      ? { start: at, end: PAYLOAD.lastIndex, replacement: marker('jwt'), run }
      : undefined;
  },
};

const SHORTEST_HEADER = 9;
const LONGEST_HEADER = 2048;
const PART = /[A-Za-z0-9_-]*/y;
const PAYLOAD = /\.(?:eyJ|[A-Za-z0-9_-]{16,1024}\.|\.[A-Za-z0-9_-]{8})/y;
const run = new ClassRun(/[A-Za-z0-9_.-]*/y);

/**
 * Where the last part looked at ends: a long one with many candidates in it is not measured again
 * from each of them.
 */
const lastEnds = new WeakMap<View, number>();

function endOfPart(view: View, at: number): number {
  const known = lastEnds.get(view) ?? 0;
  if (at < known) {
    return known;
  }
  PART.lastIndex = at;
  PART.test(view.text);
  lastEnds.set(view, PART.lastIndex);
  return PART.lastIndex;
}
