import { NeedMemory } from '../actors/select-target/need-memory.ts';
import { choose } from '../actors/select-target/select-target.ts';
import { composeAttempt } from '../actors/compose-prompt/compose-attempt.ts';
import type { ComposedAttempt, Equipment, LoopWorld } from '../actors/loop-world.ts';
import { ANY_BUDGET } from '../domain/cap.ts';
import type { Selection, Skip } from '../domain/loop-work.ts';
import type { LoopPlan } from './loop-plan.ts';
import { passedStates } from './passed-states.ts';
import { policyOf } from './policy.ts';
import { Observations } from './observations.ts';
import { readOnlyWorld } from './read-only-world.ts';
import { findNextIteration } from './find-next-iteration.ts';

/** What the next iteration would do, as far as it can be told without doing it. Nothing is redacted yet. */
export interface IterationPlan {
  readonly iteration: number;
  /** The run that would be gone on with; null: a new one would begin. */
  readonly unfinished: {
    readonly state: string;
    readonly iteration: number;
    readonly isOpen: boolean;
  } | null;
  readonly selection: Selection;
  /** Why no worker would start; null: one would. */
  readonly skip: Skip | null;
  readonly composed: ComposedAttempt | null;
  readonly equipment: Equipment | null;
  /** Programs that were looked for and not found. */
  readonly missingPrograms: readonly string[];
  /** What the loop's log would say of it. */
  readonly warnings: readonly string[];
  /** Dotted, in the order they would be passed if the worker does well. */
  readonly states: readonly string[];
}

/** Starts nothing and writes nothing, also not the data folder. Hooks are told `dryRun`. Throws AutoloopError 156. */
export async function planIteration(plan: LoopPlan): Promise<IterationPlan> {
  const { restored, last, iteration } = findNextIteration(plan);
  const runId = restored.kind === 'new' ? 'dry-run' : restored.context.runId;
  const notes = new Observations();
  const world = readOnlyWorld({ plan, runId, observe: notes });
  const signal = new AbortController().signal;
  const occasion = { iteration, signal, dryRun: true, needs: new NeedMemory() };
  const selection = await choose(world, occasion);
  const composed = selection.skip === null ? await compose(world, { iteration, selection }) : null;
  const skip = selection.skip ?? (composed && 'skip' in composed ? composed.skip : null);
  return {
    iteration,
    unfinished:
      restored.kind === 'new'
        ? null
        : { state: restored.from, iteration: last, isOpen: restored.context.open !== null },
    ...{ selection, skip },
    composed: composed && !('skip' in composed) ? composed : null,
    equipment: notes.equipment,
    missingPrograms: notes.missing,
    warnings: notes.warnings,
    states: passedStates({ policy: policyOf(plan.settings, 'run', true), selection, skip }),
  };
}

function compose(
  world: LoopWorld,
  { iteration, selection }: { iteration: number; selection: Selection },
): ReturnType<typeof composeAttempt> {
  const input = {
    ...{ iteration, attempt: 1, target: selection.target, agent: world.agent.name },
    ...{ session: null, budget: ANY_BUDGET },
  };
  return composeAttempt(world, input, new AbortController().signal, true);
}
