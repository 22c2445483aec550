import type { SelectionPlan } from '../../runner/plan-selection.ts';
import type { LoopPlan } from '../../runner/loop-plan.ts';

/** What `select --json` prints. */
export interface SelectionDocument {
  readonly loop: string;
  readonly task: string;
  readonly iteration: number;
  /** Who ordered them: `selectTarget`, `selector`, `targets`, or `none`. */
  readonly source: SelectionPlan['source'];
  readonly target: string | null;
  readonly candidates: SelectionPlan['candidates'];
  readonly left_out: SelectionPlan['leftOut'];
  readonly skip: SelectionPlan['skip'];
  readonly warnings: readonly string[];
}

export function selectionDocument(plan: LoopPlan, selection: SelectionPlan): SelectionDocument {
  const { iteration, source, target, candidates, leftOut, skip, warnings } = selection;
  return {
    ...{ loop: plan.loop, task: plan.task.name, iteration, source, target, candidates },
    ...{ left_out: leftOut, skip, warnings },
  };
}
