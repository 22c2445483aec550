import { checkGates } from './check-gates.ts';
import { checkpointWork } from './checkpoint/checkpoint-work.ts';
import { cleanUp } from './clean-up.ts';
import { composePrompt } from './compose-prompt/compose-prompt.ts';
import { digestIteration } from './digest-iteration/digest-iteration.ts';
import { drainWorkers } from './drain-workers.ts';
import type { LoopWorld } from './loop-world.ts';
import { runAttempt } from './run-attempt/run-attempt.ts';
import { selectTarget } from './select-target/select-target.ts';
import { validateWork } from './validate-work.ts';
import { waitUntil } from './wait-until.ts';
import { watchDisk } from './watch-disk.ts';
import { watchWork } from './watch-work.ts';

/** The actors of the loop machine, by the names it knows them by. */
export function provideActors(world: LoopWorld) {
  return {
    checkGates: checkGates(world),
    selectTarget: selectTarget(world),
    composePrompt: composePrompt(world),
    runAttempt: runAttempt(world),
    validateWork: validateWork(world),
    checkpointWork: checkpointWork(world),
    digestIteration: digestIteration(world),
    waitUntil: waitUntil(world),
    watchDisk: watchDisk(world),
    watchWork: watchWork(world),
    drainWorkers: drainWorkers(world),
    cleanUp: cleanUp(world),
  };
}
