import { rankTargets, type Ranking } from '../../selection/rank-targets.ts';
import { scoreWords } from '../../selection/explain-score.ts';
import type { Candidate } from '../../domain/target.ts';
import type { Offer } from '../../task/hooks.ts';
import { callHook } from '../../task/run-hook.ts';
import { systemTimer, withDeadline } from '../../task/with-deadline.ts';
import type { LoopWorld } from '../loop-world.ts';
import type { Needs } from './need-memory.ts';
import { NOTHING, type Ordering, type SelectionCall } from './ordering.ts';
import { rulesOf } from './rules-of.ts';

const source = 'targets';
const NEEDS_TIMEOUT_MS = 60_000;
const MOST_PROBLEMS = 5;
/** The others are in the ranking, for those who ask. */
const MOST_CANDIDATES = 100;

/** Orders what the task's hook `targets` offers by its score. */
export async function scoreTargets(world: LoopWorld, call: SelectionCall): Promise<Ordering> {
  const offered = await callHook(world.task, source, call.context);
  if (!offered.ok) {
    return { ...NOTHING, source, failure: offered.message };
  }
  const needs = await needsOf(world, call, offered.value);
  if ('failure' in needs) {
    return { ...NOTHING, source, failure: needs.failure };
  }
  const ranking = rank(world, call, { offers: offered.value, needs });
  const { leftOut } = ranking;
  const candidates = ranking.ranked.slice(0, MOST_CANDIDATES).map((ranked): Candidate => {
    return { name: ranked.target.name, score: ranked.score, reason: scoreWords(ranked) };
  });
  const warnings = needs.problems.slice(0, MOST_PROBLEMS);
  const target = candidates[0]?.name ?? null;
  return { ...NOTHING, source, candidates, ranking, leftOut, warnings, target };
}

/** Foreign code again: given up like a hook. What was worked out until then is not worked out again. */
async function needsOf(
  world: LoopWorld,
  { occasion }: SelectionCall,
  offers: readonly Offer[],
): Promise<Needs | { readonly failure: string }> {
  const { workspace, clock, task } = world;
  let needs: Needs | null = null;
  const ended = await withDeadline(
    async (signal) => {
      needs = await occasion.needs.needs({ offers, workspace, nowEpochMs: clock.now(), signal });
    },
    { timeoutMs: NEEDS_TIMEOUT_MS, signal: occasion.signal, clock: systemTimer },
  );
  const why = ended.how === 'given up' ? ended.problem : 'could not be worked out';
  return needs ?? { failure: `The need of the targets of task "${task.name}" ${why}.` };
}

function rank(
  world: LoopWorld,
  { occasion, records }: SelectionCall,
  { offers, needs }: { offers: readonly Offer[]; needs: Needs },
): Ranking {
  return rankTargets({
    targets: offers.map((offer) => ({ ...offer, need: needs.of.get(offer.name) ?? null })),
    records,
    rules: rulesOf(world.task),
    ...{ seed: world.loop, iteration: occasion.iteration, nowEpochMs: world.clock.now() },
  });
}
