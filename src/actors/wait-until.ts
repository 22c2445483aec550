import { fromCallback } from 'xstate';
import type { LoopWorld } from './loop-world.ts';

const LONGEST_STEP_MS = 60_000;

/**
 * Waits for a moment of the wall clock, not for a length of time: a restored wait goes on with what is left.
 * Looks at the clock at least once a minute, so that a clock set forward or a resumed machine ends it in time.
 */
export function waitUntil(world: LoopWorld) {
  return fromCallback<{ type: 'never' }, { untilEpochMs: number }>(({ input, sendBack }) => {
    let cancel = () => {};
    let over = false;
    const step = (): void => {
      const now = world.clock.now();
      const leftMs = input.untilEpochMs - now;
      if (leftMs <= 0) {
        sendBack({ type: 'timer.fired', at: now });
      } else {
        cancel = world.clock.startTimer(Math.min(leftMs, LONGEST_STEP_MS), step);
      }
    };
    void world.persisted().then(() => (over ? undefined : step()));
    return () => {
      over = true;
      cancel();
    };
  });
}
