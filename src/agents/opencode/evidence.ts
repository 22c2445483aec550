import type { ErrorLine } from './error-line.ts';

/** What is known when the process has ended. */
export interface Evidence {
  /** It wrote at least one line of its protocol: it did start. */
  readonly hasSpoken: boolean;
  /** Its last error, where it did not go on to work after it. */
  readonly error: ErrorLine | null;
  /** Why its last step was the last one; null: it was not, or it was begun and not ended. */
  readonly endReason: string | null;
  /** It told any error, also one after which it went on. */
  readonly hasErred: boolean;
  /** Whoever it asks gives answers with nothing in them. */
  readonly isUnanswered: boolean;
  readonly denials: readonly string[];
}
