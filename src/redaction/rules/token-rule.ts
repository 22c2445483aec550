import { marker, type Kind } from '../marker.ts';
import type { Rule } from '../pattern/rule.ts';
import { ClassRun } from '../runs/class-run.ts';
import { startsWord } from './starts-word.ts';

export interface TokenShape {
  readonly kind: Kind;
  readonly anchors: readonly string[];
  /** What the token surely begins with; sticky, of limited length. */
  readonly head: RegExp;
  /** The letters it goes on with; sticky. None: the head is all. */
  readonly rest?: RegExp;
  /** Whether it may begin in the middle of a word: only where nothing else looks like it. */
  readonly isUnmistakable?: boolean;
  /** A further condition on the first 80 characters. */
  readonly accepts?: (token: string) => boolean;
}

/** The rule for a token that is known by its first letters. */
export function tokenRule(shape: TokenShape): Rule {
  const run = shape.rest === undefined ? {} : { run: new ClassRun(shape.rest) };
  return {
    anchors: shape.anchors,
    match({ text, floor }, at) {
      if (shape.isUnmistakable !== true && !startsWord(text, at, floor)) {
        return undefined;
      }
      shape.head.lastIndex = at;
      if (!shape.head.test(text)) {
        return undefined;
      }
      const end = shape.head.lastIndex;
      if (
        shape.accepts !== undefined &&
        !shape.accepts(firstLetters(shape, text.slice(at, at + 80)))
      ) {
        return undefined;
      }
      return { start: at, end, replacement: marker(shape.kind), ...run };
    },
  };
}

function firstLetters(shape: TokenShape, text: string): string {
  if (shape.rest === undefined) {
    return text;
  }
  shape.rest.lastIndex = 0;
  return shape.rest.exec(text)?.[0] ?? '';
}
