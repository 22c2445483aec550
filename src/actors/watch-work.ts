import { fromCallback } from 'xstate';
import type { WorkChanged } from '../domain/loop-work.ts';
import type { LoopWorld } from './loop-world.ts';

const LOOK_EVERY_MS = 2_000;

/** Looks at prompt and task now and again, and tells the first time they are not what they were. */
export function watchWork(world: LoopWorld) {
  return fromCallback<{ type: 'never' }, { workMark: string | null }>(({ input, sendBack }) => {
    let known = input.workMark;
    let cancel = (): void => {};
    const look = (): void => {
      const workMark = world.workMark();
      known ??= workMark;
      if (workMark !== null && workMark !== known) {
        sendBack({ type: 'work.changed', workMark, at: world.clock.now() } satisfies WorkChanged);
      } else {
        cancel = world.clock.startTimer(LOOK_EVERY_MS, look);
      }
    };
    let isOver = false;
    void world.persisted().then(() => (isOver ? undefined : look()));
    return () => {
      isOver = true;
      cancel();
    };
  });
}
