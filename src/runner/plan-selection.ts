import { NeedMemory } from '../actors/select-target/need-memory.ts';
import { orderCandidates } from '../actors/select-target/order-candidates.ts';
import type { Ordering } from '../actors/select-target/ordering.ts';
import { selectionOf } from '../actors/select-target/select-target.ts';
import type { Skip } from '../domain/loop-work.ts';
import { explainScore, scoreWords, type ScorePart } from '../selection/explain-score.ts';
import type { Graduation } from '../selection/graduation.ts';
import type { LeftOut } from '../selection/left-out.ts';
import { scoringRules } from '../selection/scoring-rules.ts';
import { findNextIteration } from './find-next-iteration.ts';
import type { LoopPlan } from './loop-plan.ts';
import { Observations } from './observations.ts';
import { readOnlyWorld } from './read-only-world.ts';

/** What the next iteration would choose, and why. Nothing is redacted yet but warnings and reasons of failures. */
export interface SelectionPlan {
  readonly iteration: number;
  readonly source: Ordering['source'];
  readonly target: string | null;
  /** Best first. */
  readonly candidates: readonly ExplainedCandidate[];
  readonly leftOut: readonly LeftOut[];
  /** Why no target would be chosen; null: one would, or the task works without. */
  readonly skip: Skip | null;
  readonly warnings: readonly string[];
}

export interface ExplainedCandidate {
  readonly name: string;
  readonly score: number | null;
  readonly reason: string | null;
  /** null: it was not scored by us. */
  readonly parts: readonly ScorePart[] | null;
  /** Why it gives way to all others; null: it does not. */
  readonly cooling: string | null;
  /** How far it is; null: it is not known. */
  readonly graduation: Graduation | null;
}

/** Asks hooks (told `dryRun`) and selector; writes nothing. Throws AutoloopError 156. */
export async function planSelection(plan: LoopPlan): Promise<SelectionPlan> {
  const { iteration, restored } = findNextIteration(plan);
  const runId = restored.kind === 'new' ? 'select' : restored.context.runId;
  const observe = new Observations();
  const world = readOnlyWorld({ plan, runId, observe });
  const { signal } = new AbortController();
  const occasion = { iteration, signal, dryRun: true, needs: new NeedMemory() };
  const ordering = await orderCandidates(world, occasion);
  const { skip } = selectionOf(ordering, world.clock.now());
  const { source, target, leftOut, warnings } = ordering;
  return {
    ...{ iteration, source, target, leftOut, skip, warnings },
    candidates: explained(ordering, plan),
  };
}

function explained({ candidates, ranking }: Ordering, { task }: LoopPlan): ExplainedCandidate[] {
  const rules = scoringRules(task.definition.scoring);
  return ranking === null
    ? candidates.map((candidate) => ({ ...candidate, ...UNSCORED }))
    : ranking.ranked.map((ranked) => ({
        name: ranked.target.name,
        score: ranked.score,
        reason: scoreWords(ranked),
        parts: explainScore(ranked, rules),
        cooling: ranked.cooling,
        graduation: ranked.graduation,
      }));
}

const UNSCORED = { parts: null, cooling: null, graduation: null };
