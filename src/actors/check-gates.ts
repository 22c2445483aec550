import { fromPromise } from 'xstate';
import type { GateVerdict } from '../domain/loop-work.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import type { LoopWorld } from './loop-world.ts';

/** May a new attempt begin? Looks first whether this runner still owns the loop. */
export function checkGates(world: LoopWorld) {
  return fromPromise<GateVerdict, { iteration: number | null }>(async () => {
    await world.persisted();
    if (!world.lock.isHeld()) {
      throw lockLost({ loop: world.loop, directory: world.paths.directory });
    }
    return { open: true, at: world.clock.now() };
  });
}

/** Nothing of the loop may be touched any more: another runner may own it. */
export function lockLost(place: { loop: string; directory: string }): AutoloopError {
  return new AutoloopError({
    code: EXIT.lockHeld,
    message: `The lock of loop "${place.loop}" was deleted or replaced under its runner (${place.directory}/loop.lock).`,
    fix: `Find out what removes files there, then go on with: autoloop start --name ${place.loop}`,
  });
}
