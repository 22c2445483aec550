import type { EventDetails, ResumeReason } from '../../src/domain/event.ts';
import type {
  CapReached,
  DiskLow,
  Moment,
  TimerFired,
  WorkerEnded,
  WorkerStarted,
  WorkChanged,
} from '../../src/domain/loop-work.ts';
import type { LoopPolicy } from './context.ts';

/** Who asked: a signal's name or `control`. */
interface Asked extends Moment {
  readonly via: string;
}

export type LoopEvent =
  | (Moment & {
      readonly type: 'loop.start';
      readonly facts: EventDetails['loop_start'];
      /** Of prompt, task and settings. */
      readonly workMark: string | null;
      /** null: not asked for. */
      readonly untilEpochMs: number | null;
    })
  /** `now`: end the worker at once; otherwise the first asks to finish the iteration, the second to end the worker. */
  | (Asked & { readonly type: 'loop.stop'; readonly now: boolean })
  | (Asked & { readonly type: 'loop.pause' })
  | (Asked & { readonly type: 'loop.resume' })
  | (Asked & { readonly type: 'loop.skipWait' })
  /**
   * Sent once after a snapshot was restored, and in `idle` where the snapshot's machine is no longer this one:
   * there the cursor is rebuilt from what the context tells.
   */
  | (Moment & {
      readonly type: 'loop.restored';
      readonly policy: LoopPolicy;
      /** The state it was in, dotted. */
      readonly from: string;
      readonly reason: ResumeReason;
      /** How long the runners before this one lived. */
      readonly livedMs: number;
      readonly workMark: string | null;
      /** null: as it was asked for before. */
      readonly untilEpochMs: number | null;
    })
  /** This runner leaves a run that can be gone on with. */
  | (Moment & { readonly type: 'loop.left'; readonly how: 'hangup' | 'once' })
  | WorkerStarted
  | WorkerEnded
  | TimerFired
  | DiskLow
  | CapReached
  | WorkChanged;

export type LoopEventOf<Type extends LoopEvent['type']> = Extract<LoopEvent, { type: Type }>;
