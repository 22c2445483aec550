import type { BreakerEvidence, BreakerPolicy } from '../../src/domain/breaker.ts';

export type BreakerEvent =
  | {
      readonly type: 'iteration.ended';
      readonly evidence: BreakerEvidence;
      readonly policy: BreakerPolicy;
    }
  /** The wait is over, or the operator ended it. */
  | { readonly type: 'cooldown.over' }
  /** Prompt, task or settings are not what they were when it opened. */
  | { readonly type: 'work.changed' };
