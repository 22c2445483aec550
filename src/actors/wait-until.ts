import { fromCallback } from 'xstate';
import type { LoopWorld } from './loop-world.ts';

/**
 * Waits for a moment of the wall clock, not for a length of time: a restored wait goes on with what is left. The clock
 * port looks at both clocks: one set forward ends it in time, one set back makes it no longer.
 */
export function waitUntil(world: LoopWorld) {
  return fromCallback<{ type: 'never' }, { untilEpochMs: number }>(({ input, sendBack }) => {
    let cancel = () => {};
    let over = false;
    const begin = (): void => {
      const leftMs = Math.max(0, input.untilEpochMs - world.clock.now());
      const fire = (): void => sendBack({ type: 'timer.fired', at: world.clock.now() });
      if (leftMs === 0) {
        fire();
      } else {
        cancel = world.clock.startTimer(leftMs, fire);
      }
    };
    void world.persisted().then(() => (over ? undefined : begin()));
    return () => {
      over = true;
      cancel();
    };
  });
}
