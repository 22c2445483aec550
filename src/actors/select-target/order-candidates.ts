import { parseSummary } from '../../domain/summary/parse-summary.ts';
import { targetRecords } from '../../domain/summary/target-record.ts';
import { callDeclared } from '../call-declared.ts';
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
  const ordering = await ask(world, { occasion, context, records });
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
  const chosen = await callDeclared(world, source, { context, skipped: 'selection_failed' });
  if (!chosen.ok) {
    return { ...NOTHING, source, failure: chosen.reason, failsAs: chosen.outcome };
  }
  return chosen.value === null
    ? { ...NOTHING, source: 'none' }
    : { ...NOTHING, source, ...chosen.value };
}
