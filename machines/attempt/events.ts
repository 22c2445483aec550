import type { Excess, ExitFacts, StartFailure } from './context.ts';

export type AttemptEvent =
  | { readonly type: 'agent.started' }
  | { readonly type: 'agent.unavailable'; readonly failure: StartFailure }
  /** It told its result; it should exit now. */
  | { readonly type: 'agent.finalResult' }
  /** It works on after a result that was not its last. */
  | { readonly type: 'agent.resumed' }
  /** The agent itself is gone; its tools may not be. */
  | { readonly type: 'agent.exited'; readonly exit: ExitFacts }
  /** By the runner or the operator; the second time means at once. */
  | { readonly type: 'stop.requested' }
  | { readonly type: `deadline.${DeadlineKind}` }
  /** The tree takes more than it may. */
  | { readonly type: 'limit.exceeded'; readonly excess: Excess }
  /** Something of ours broke. */
  | { readonly type: 'fault.raised'; readonly reason: string };

/** `exit`: of an agent that was killed · `settle`, `drain`: of the output, before and after the sweep. */
type DeadlineKind = 'total' | 'idle' | 'linger' | 'grace' | 'exit' | 'settle' | 'drain';

/** A deadline as data; whoever awaits it answers `deadline.<kind>`. */
export type Deadline =
  | { readonly kind: 'total'; readonly untilEpochMs: number }
  | { readonly kind: Exclude<DeadlineKind, 'total'>; readonly afterMs: number };
