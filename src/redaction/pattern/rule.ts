import type { Run } from '../runs/run.ts';
import type { View } from './view.ts';

/** One kind of secret: the words it is noticed by, and the judgement at such a place. */
export interface Rule {
  /**
   * Words that every secret of this kind has, with the three letters the scanner looks for in
   * brackets, as in `s(ecr)et`; letters, digits, `_`, `-`, `:` and `/` only, case is ignored. A
   * lone `@` is looked for itself.
   */
  readonly anchors: readonly string[];
  /**
   * Judges the place where an anchor may begin. Looks back at most LOOK_BEHIND and forward at most
   * LOOK_AHEAD characters, and never over the end of a line, so that the answer is the same
   * wherever a stream was cut.
   */
  match(view: View, at: number): Match | undefined;
}

export interface Match {
  readonly start: number;
  /** Where the run begins when there is one; otherwise the end. */
  readonly end: number;
  readonly replacement: string;
  /** What of the secret goes on behind `end`, without a limit. */
  readonly run?: Run;
}

export const LOOK_BEHIND = 128;
export const LOOK_AHEAD = 4096;
