import { parseSummary } from '../../domain/summary/parse-summary.ts';
import { targetRecords } from '../../domain/summary/target-record.ts';
import { failurePolicy } from '../../task/failure-policy.ts';
import { callHook } from '../../task/run-hook.ts';
import { hasHook } from '../../task/task.ts';
import type { LoopWorld } from '../loop-world.ts';
import { taskContext } from '../task-context.ts';
import { askSelector } from './ask-selector.ts';
import { moveOn } from './move-on.ts';
import { NOTHING, type Ordering, type SelectionCall, type SelectionOccasion } from './ordering.ts';
import { scoresTargets } from './rules-of.ts';
import { scoreTargets } from './score-targets.ts';

/**
 * Asks whoever orders the candidates of this task: its hook `selectTarget`, its selector, or the scores of what its hook
 * `targets` offers. What its module says wins over a program that lies in its folder. Never throws.
 */
export async function orderCandidates(
  world: LoopWorld,
  occasion: SelectionOccasion,
): Promise<Ordering> {
  const records = targetRecords(parseSummary(world.summaries.readMetrics()));
  const history = Object.fromEntries(records);
  const context = { ...taskContext(world, { ...occasion, attempt: 1, target: null }), history };
  const ordering = asDeclared(world, await ask(world, { occasion, context, records }));
  const { failure, warnings } = ordering;
  return {
    ...ordering,
    failure: failure === null ? null : world.redact(failure),
    warnings: [...warnings, ...(failure === null ? [] : [failure])].map((text) =>
      world.redact(text),
    ),
  };
}

async function ask(world: LoopWorld, call: SelectionCall): Promise<Ordering> {
  if (scoresTargets(world.task)) {
    return scoreTargets(world, call);
  }
  const ordering = hasHook(world.task, 'selectTarget')
    ? await askTask(world, call)
    : await askSelector(world, call);
  return moveOn(world, call, ordering);
}

async function askTask(world: LoopWorld, { context }: SelectionCall): Promise<Ordering> {
  const source = 'selectTarget';
  const chosen = await callHook(world.task, source, context);
  if (!chosen.ok) {
    return { ...NOTHING, source, failure: chosen.message };
  }
  return chosen.value === null
    ? { ...NOTHING, source: 'none' }
    : { ...NOTHING, source, ...chosen.value };
}

/** Where nobody could order them, what its task has declared for that; `warn` works without a target. */
function asDeclared({ task }: LoopWorld, ordering: Ordering): Ordering {
  const { source, failure, warnings } = ordering;
  if (source === 'none' || failure === null) {
    return ordering;
  }
  const policy = failurePolicy(task, source);
  if (policy === 'warn') {
    return { ...NOTHING, source: 'none', warnings: [...warnings, failure] };
  }
  return policy === 'stop' ? { ...ordering, failsAs: 'worker_unavailable' } : ordering;
}
