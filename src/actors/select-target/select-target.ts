import { fromPromise } from 'xstate';
import type { Selection } from '../../domain/loop-work.ts';
import type { LoopWorld } from '../loop-world.ts';
import { NeedMemory } from './need-memory.ts';
import { orderCandidates } from './order-candidates.ts';
import type { Ordering, SelectionOccasion } from './ordering.ts';
import { skipReason } from './skip-reason.ts';

/** More are told to nobody but those who ask. */
const MOST_CANDIDATES = 100;

/** Orders the candidates of the iteration to come; the first is its target. */
export function selectTarget(world: LoopWorld) {
  const needs = new NeedMemory();
  return fromPromise<Selection, { iteration: number }>(async ({ input, signal }) => {
    await world.persisted();
    const selection = await choose(world, { ...input, signal, needs });
    return { ...selection, candidates: selection.candidates.slice(0, MOST_CANDIDATES) };
  });
}

export async function choose(world: LoopWorld, occasion: SelectionOccasion): Promise<Selection> {
  const ordering = await orderCandidates(world, occasion);
  ordering.warnings.forEach((warning) => {
    world.log.warn({ iteration: occasion.iteration }, warning);
  });
  return selectionOf(ordering, world.clock.now());
}

/** What comes of it: a target, or why there is none. */
export function selectionOf(ordering: Ordering, at: number): Selection {
  const { source, target, candidates } = ordering;
  const skip = source === 'none' || target !== null ? null : skipReason(ordering);
  return { target, candidates, skip, at };
}
