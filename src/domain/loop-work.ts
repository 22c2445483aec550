import type { AgentSession } from './agent-session.ts';
import type { Supervision } from './attempt.ts';
import type { Budget } from './cap.ts';
import type { Completion } from './completion.ts';
import type { AttemptEnd, OpenIteration } from './open-iteration.ts';
import type { Findings } from './metrics/findings.ts';
import type { Outcome } from './outcome.ts';
import type { Candidate, Quarantine } from './target.ts';
import type { TimedVerdict } from './validation.ts';

/** What the loop machine asks of its actors, and what they answer. */

/** Whatever comes from outside tells when: the machine has no clock. */
export interface Moment {
  /** Epoch ms. */
  readonly at: number;
}

export interface AttemptInput {
  readonly iteration: number;
  readonly attempt: number;
  readonly target: string | null;
  readonly agent: string;
  /** What the attempt goes on with; null: it begins anew. */
  readonly session: AgentSession | null;
  readonly budget: Budget;
}

/** What is in the way of a new worker: the units are those of its setting. */
export interface Gate {
  readonly kind: 'workers' | 'memory' | 'load' | 'tcp';
  readonly value: number;
  readonly limit: number;
}

export interface GateInput {
  readonly iteration: number | null;
  /** How often in a row a gate was found closed. */
  readonly looks: number;
  /** The operator lets the next attempt begin whatever the gates say. */
  readonly skips: boolean;
}

export type GateVerdict = Moment &
  (
    | { readonly open: true }
    | {
        readonly open: false;
        readonly gate: Gate;
        readonly retryAtEpochMs: number;
      }
    | { readonly open: false; readonly shortage: Shortage }
  );

export interface DrainInput {
  readonly runId: string;
  /** The workers are to be ended, not waited for. */
  readonly now: boolean;
}

/** Why there is too little room on the disk to go on, told to the operator. */
export interface Shortage {
  readonly message: string;
  readonly fix: string | null;
}

/** Why an iteration ends before a worker started. */
export interface Skip {
  readonly outcome: Outcome;
  readonly reason: string;
}

export interface Selection extends Moment {
  readonly target: string | null;
  readonly candidates: readonly Candidate[];
  readonly skip: Skip | null;
}

export interface Composition extends Moment {
  readonly skip: Skip | null;
  /** What the workspace looks like now; null: nobody looked. */
  readonly workspaceMark: string | null;
}

export interface JudgeInput extends AttemptInput {
  readonly outcome: Outcome;
  /** What the workspace looked like before the first worker; null: nobody looked. */
  readonly workspaceMark: string | null;
}

export interface Judgement extends Moment {
  readonly outcome: Outcome;
  /** null: nothing had to be passed. */
  readonly validation: boolean | null;
  /** Of the gates that were run, in their order. */
  readonly gates: readonly TimedVerdict[];
  readonly changes: readonly string[] | null;
  /** Status of the agent's report. */
  readonly report: string | null;
  readonly completion: Completion;
}

export interface CheckpointInput extends AttemptInput {
  readonly outcome: Outcome;
}

export interface CheckpointEnd extends Moment {
  /** The commit that keeps the work; null: none was made. */
  readonly commit: string | null;
  /** The ref that keeps work which was taken back; null: none was. */
  readonly takenBackTo: string | null;
  /** Why the work lies where it was left. */
  readonly warning: string | null;
}

export interface DigestInput {
  readonly iteration: number;
  readonly open: OpenIteration;
  readonly outcome: Outcome;
}

export interface Digest extends Moment {
  /** Of prompt, task and settings as the iteration leaves them; null: not known. */
  readonly workMark: string | null;
  /** Of the iteration's target, brought about by it; null: it is not left out. */
  readonly quarantine: Quarantine | null;
  readonly findings: Findings;
}

/** Ends the worker: first TERM, after its grace KILL. Safe to be told twice. */
export interface TerminateWorker {
  readonly type: 'worker.terminate';
}

export interface WorkerStarted extends Moment {
  readonly type: 'worker.started';
  readonly pid: number | null;
  readonly agent: string;
  readonly how: 'launched' | 'adopted' | 'collected';
  readonly supervision: Supervision;
}

export interface WorkerEnded extends Moment {
  readonly type: 'worker.ended';
  readonly end: AttemptEnd;
  /** 0 ≤ jitter < 1, for the backoff. */
  readonly jitter: number;
}

/** The disk is below its floor, or full: no new attempt may begin. */
export interface DiskLow extends Moment, Shortage {
  readonly type: 'disk.low';
}

/** The time that the runs of this loop may take in all is over. */
export interface CapReached extends Moment {
  readonly type: 'cap.reached';
}

/** Prompt, task or settings are not what they were. */
export interface WorkChanged extends Moment {
  readonly type: 'work.changed';
  /** Of what they are now. */
  readonly workMark: string;
}

export interface TimerFired extends Moment {
  readonly type: 'timer.fired';
}
