import { fromCallback } from 'xstate';
import type { LoopWorld } from './loop-world.ts';
import { findShortage } from './find-shortage.ts';

const LOOK_EVERY_MS = 5_000;

/** Looks at the free space while a worker runs, and says once that it is below the floor. */
export function watchDisk(world: LoopWorld) {
  return fromCallback<{ type: 'never' }>(({ sendBack }) => {
    let cancel = (): void => {};
    const wait = (): void => {
      cancel = world.clock.startTimer(LOOK_EVERY_MS, look);
    };
    const look = (): void => {
      const shortage = findShortage(world);
      if (shortage) {
        sendBack({ type: 'disk.low', at: world.clock.now(), ...shortage });
      } else {
        wait();
      }
    };
    if (world.launches) {
      wait();
    }
    return () => cancel();
  });
}
