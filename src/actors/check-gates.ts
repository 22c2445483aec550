import { fromPromise } from 'xstate';
import type { GateVerdict } from '../../machines/loop/actors.ts';
import { AutoloopError, EXIT } from '../domain/error.ts';
import type { LoopWorld } from './loop-world.ts';

/** May a new attempt begin? Looks first whether this runner still owns the loop. */
export function checkGates(world: LoopWorld) {
  return fromPromise<GateVerdict, { iteration: number | null }>(async () => {
    await world.persisted();
    if (!world.lock.isHeld()) {
      throw lockLost(world);
    }
    return { open: true, at: world.clock.now() };
  });
}

function lockLost(world: LoopWorld): AutoloopError {
  return new AutoloopError({
    code: EXIT.lockHeld,
    message: `The lock of loop "${world.loop}" was deleted or replaced: ${world.paths.directory}/loop.lock.`,
    fix: `Find out what removes files of the data folder, then: autoloop start --task ${world.loop}`,
  });
}
