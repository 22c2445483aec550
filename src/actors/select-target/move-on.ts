import { siftCandidates } from '../../selection/sift-candidates.ts';
import type { LoopWorld } from '../loop-world.ts';
import type { Ordering, SelectionCall } from './ordering.ts';
import { rulesOf } from './rules-of.ts';

/** From a target that is quarantined to the next candidate that is not, where the task orders them itself. */
export function moveOn(
  world: Pick<LoopWorld, 'task' | 'clock'>,
  { records }: SelectionCall,
  ordering: Ordering,
): Ordering {
  const { target, candidates } = ordering;
  if (target === null) {
    return ordering;
  }
  const isListed = candidates.some(({ name }) => name === target);
  const listed = isListed
    ? candidates
    : [{ name: target, score: null, reason: null }, ...candidates];
  const facts = { records, rules: rulesOf(world.task), nowEpochMs: world.clock.now() };
  const { open, leftOut } = siftCandidates(listed, facts);
  const isOpen = leftOut.every(({ name }) => name !== target);
  return {
    ...ordering,
    candidates: leftOut.length === 0 ? candidates : open,
    target: isOpen ? target : (open[0]?.name ?? null),
    leftOut,
  };
}
