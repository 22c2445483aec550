import type { ResultLine } from './result-line.ts';

/** What is known when the process has ended. */
export interface Evidence {
  /** It wrote at least one line of its protocol: it did start. */
  readonly hasSpoken: boolean;
  /** Its model has answered at least once. */
  readonly hasWorked: boolean;
  /** How it repeated its prompt: `long` where no small model could hold it, `torn` where it broke off in it. */
  readonly prompt: 'short' | 'long' | 'torn';
  /** Null where there is none, or where it went on to work after it. */
  readonly result: ResultLine | null;
  /** Its last `error` line, '' if there was none: trouble that it ends "well" with. */
  readonly trouble: string;
  /** Tools denied in any turn. */
  readonly denials: readonly string[];
}
