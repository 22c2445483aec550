import type { LoopPlan } from '../runner/loop-plan.ts';
import { dataPaths } from '../stores/data-paths.ts';
import { refuseWhereHeld, type LockedLoop } from '../stores/lock-holder.ts';
import type { CliContext } from './cli-context.ts';
import { commandFor } from './status/next-command.ts';

/** Throws AutoloopError 152. Who begins all the same has to take the lock. */
export function refuseWhereRunning(plan: LoopPlan, command: LockedLoop['command']): void {
  const { lock, owner } = dataPaths(plan.dataDirectory);
  refuseWhereHeld({ name: plan.loop, lock, owner, command });
}

/** What the operator types for the loop of this plan. */
export function loopCommands(context: CliContext, plan: LoopPlan): LockedLoop['command'] {
  const place = { loop: plan.loop, task: plan.task.name };
  return (name) => commandFor(context, place, name, plan.asked);
}
