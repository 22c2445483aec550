import type { EventDetails, ResumeReason } from '../../src/domain/event.ts';
import type { AttemptEnd, LoopPolicy } from './context.ts';

/** Every event from outside carries its moment: the machine has no clock. */
interface Timed {
  /** Epoch ms. */
  readonly at: number;
}

/** Who asked: a signal's name or `control`. */
interface Asked extends Timed {
  readonly via: string;
}

export type LoopEvent =
  | (Timed & { readonly type: 'loop.start'; readonly facts: EventDetails['loop_start'] })
  /** `now`: end the worker at once; otherwise the first asks to finish the iteration, the second to end the worker. */
  | (Asked & { readonly type: 'loop.stop'; readonly now: boolean })
  | (Asked & { readonly type: 'loop.pause' })
  | (Asked & { readonly type: 'loop.resume' })
  | (Asked & { readonly type: 'loop.skipWait' })
  /**
   * Sent once after a snapshot was restored, and in `idle` where the snapshot's machine is no longer this one:
   * there the cursor is rebuilt from what the context tells.
   */
  | (Timed & {
      readonly type: 'loop.restored';
      readonly policy: LoopPolicy;
      /** The state it was in, dotted. */
      readonly from: string;
      readonly reason: ResumeReason;
    })
  | (Timed & {
      readonly type: 'worker.started';
      readonly pid: number | null;
      readonly agent: string;
      readonly how: 'launched' | 'adopted' | 'collected';
    })
  | (Timed & {
      readonly type: 'worker.ended';
      readonly end: AttemptEnd;
      /** 0 ≤ jitter < 1, for the backoff. */
      readonly jitter: number;
    })
  | (Timed & { readonly type: 'timer.fired' });

export type LoopEventOf<Type extends LoopEvent['type']> = Extract<LoopEvent, { type: Type }>;
