import { join } from 'node:path';
import { dataPaths } from '../stores/data-paths.ts';
import { FileAttemptStore } from '../stores/file-attempt-store.ts';
import type { LoopPlan } from './loop-plan.ts';
import { readDiskState } from './read-disk-state.ts';

/** Which iteration would come next, by what lies on disk. Writes nothing. Throws AutoloopError 156. */
export function findNextIteration({ dataDirectory }: Pick<LoopPlan, 'dataDirectory'>) {
  const { restored } = readDiskState(dataPaths(dataDirectory));
  const last = restored.kind === 'new' ? restored.lastIteration : restored.context.iteration;
  const attempts = new FileAttemptStore(join(dataDirectory, 'iterations'));
  return { restored, last, iteration: Math.max(last, attempts.lastIteration()) + 1 };
}
