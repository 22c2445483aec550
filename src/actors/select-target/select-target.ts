import { fromPromise } from 'xstate';
import type { Selection } from '../domain/loop-work.ts';
import { callHook } from '../task/run-hook.ts';
import type { LoopWorld } from './loop-world.ts';
import { taskContext } from './task-context.ts';

/** Orders the candidates of the iteration to come; the first is its target. */
export function selectTarget(world: LoopWorld) {
  return fromPromise<Selection, { iteration: number }>(async ({ input, signal }) => {
    await world.persisted();
    return choose(world, input.iteration, signal);
  });
}

export async function choose(
  world: LoopWorld,
  iteration: number,
  signal: AbortSignal,
  dryRun = false,
): Promise<Selection> {
  const occasion = { iteration, attempt: 1, target: null, signal, dryRun };
  const chosen = await callHook(world.task, 'selectTarget', taskContext(world, occasion));
  const at = world.clock.now();
  if (!chosen.ok) {
    const reason = world.redact(chosen.message);
    world.log.warn({ iteration }, reason);
    const skip = { outcome: 'selection_failed', reason } as const;
    return { target: null, candidates: [], skip, at };
  }
  if (chosen.value === null) {
    return { target: null, candidates: [], skip: null, at };
  }
  const { target, candidates } = chosen.value;
  const skip = { outcome: 'no_change', reason: 'nothing is left to work on' } as const;
  return { target, candidates, skip: target === null ? skip : null, at };
}
