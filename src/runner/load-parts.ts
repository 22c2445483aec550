import { ownFile } from '../domain/own-file.ts';
import type { LoopPlan } from './loop-plan.ts';

/**
 * Loads what this loop will come to need and most do without. Before it begins, as long as it is there: an upgrade in the
 * middle of a run, or an agent that cleans up, takes the files away. Throws AutoloopError 155.
 */
export async function loadParts(plan: LoopPlan): Promise<void> {
  for (const load of partsOf(plan)) {
    await ownFile(load);
  }
}

function partsOf({ settings, task }: LoopPlan): readonly (() => Promise<unknown>)[] {
  const { gates } = task.definition;
  return [
    ...(settings.checkpoint === 'off'
      ? []
      : [
          () => import('../actors/checkpoint/begin-checkpoint.ts'),
          () => import('../actors/checkpoint/changed-paths.ts'),
          () => import('../actors/checkpoint/settle-work.ts'),
        ]),
    ...(gates === undefined ? [] : [() => import('../actors/gates/validate.ts')]),
  ];
}
