import type { LoopView } from '../page-news.ts';
import type { SteeringCommand } from '../steering.ts';

export interface SteeringWords {
  readonly name: string;
  /** Something is lost by it. */
  readonly isHarsh: boolean;
  /** What will happen, in a sentence. */
  readonly effect: (loop: LoopView) => string;
}

export const STEERING_WORDS: Readonly<Record<SteeringCommand, SteeringWords>> = {
  pause: {
    name: 'Pause',
    isHarsh: false,
    effect: (loop) =>
      isAtWork(loop)
        ? `Iteration ${iterationOf(loop)} is finished first; then the loop waits until it is resumed.`
        : 'The loop waits from now on, until it is resumed.',
  },
  resume: {
    name: 'Resume',
    isHarsh: false,
    effect: () => 'The loop goes on where it was paused.',
  },
  'skip-wait': {
    name: 'Skip wait',
    isHarsh: false,
    effect: (loop) =>
      loop.status?.state === 'waiting.gate'
        ? 'The next worker starts now, whatever is in its way.'
        : 'The wait ends now, and what comes after it begins at once.',
  },
  stop: {
    name: 'Stop',
    isHarsh: false,
    effect: (loop) =>
      isAtWork(loop)
        ? `Iteration ${iterationOf(loop)} is finished first; then the run ends.`
        : 'The run ends now; the next start begins a new one.',
  },
  'force-stop': {
    name: 'Force stop',
    isHarsh: true,
    effect: (loop) =>
      loop.runner === 'silent'
        ? 'Its runner does not answer: it is killed, its worker is ended, and the run is closed.'
        : isAtWork(loop)
          ? `The worker is ended now: what iteration ${iterationOf(loop)} has not finished is lost, and the run ends.`
          : 'The run ends now.',
  },
};

function isAtWork({ status }: LoopView): boolean {
  return status !== null && /^(?:selecting|prompting|running|summarizing)/.test(status.state);
}

function iterationOf({ status }: LoopView): number {
  return status?.iteration ?? 0;
}
