import type { TurnEnd } from './turn-end.ts';

/** What is known when the process has ended. */
export interface Evidence {
  /** It named its session: its flags and settings were taken. */
  readonly hasStarted: boolean;
  /** Its turn began: it has the prompt. */
  readonly hasBegun: boolean;
  /** The model said or did something. */
  readonly hasWorked: boolean;
  /** It goes on with the session of another attempt. */
  readonly isResumed: boolean;
  /** null where its turn came to none, or where it went on to work after it. */
  readonly turnEnd: TurnEnd | null;
}
