import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fromPromise } from 'xstate';
import type { Moment } from '../../machines/loop/actors.ts';
import type { LoopWorld } from './loop-world.ts';

/** Removes half-written temporary files that a crash of an earlier runner left in the data folder. */
export function cleanUp(world: LoopWorld) {
  return fromPromise<Moment, { runId: string }>(async () => {
    await world.persisted();
    for (const name of readdirSync(world.paths.directory)) {
      if (name.endsWith('.tmp')) {
        rmSync(join(world.paths.directory, name), { force: true });
      }
    }
    return { at: world.clock.now() };
  });
}
