import type { LimitNotice } from './usage-limit.ts';
import type { ResultLine } from './result-line.ts';

/** What is known when the process has ended. */
export interface Evidence {
  /** It wrote at least one line of its protocol: it did start. */
  readonly hasSpoken: boolean;
  /** Its last result; null where there is none, or where it went on to work after it. */
  readonly result: ResultLine | null;
  /** What its last message names as its error, by the CLI's own list. */
  readonly messageError: string | null;
  readonly limit: LimitNotice | null;
  /** Tools denied in any turn. */
  readonly denials: readonly string[];
}
