import type { Advance } from './run.ts';

export interface Units {
  readonly from: number;
  readonly to: number;
  /** Sticky: characters that are content whatever stands around them. */
  readonly plain: RegExp;
  /** The place behind the next unit of content, or `index` where the content ends. */
  readonly step: (index: number) => number;
}

/** Unit by unit, and in one go over what is plain. */
export function advanceByUnits(text: string, { from, to, plain, step }: Units): Advance {
  let index = skipPlain(text, from, plain);
  while (index < to) {
    const next = step(index);
    if (next === index) {
      return { end: index, isOpen: false };
    }
    index = skipPlain(text, next, plain);
  }
  return { end: index, isOpen: true };
}

function skipPlain(text: string, index: number, plain: RegExp): number {
  plain.lastIndex = index;
  return plain.test(text) ? plain.lastIndex : index;
}
