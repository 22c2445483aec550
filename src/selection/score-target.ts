import type { TargetRecord } from '../domain/summary/summary.ts';
import { costOf, type CostScale } from './cost-scale.ts';
import { drawBeta } from './draw-beta.ts';
import type { OfferedTarget, ScoringScene } from './offered-target.ts';
import { SCORE_PARTS, type ScorePartName, type ScoringRules } from './scoring-rules.ts';
import { seededRandom } from './seeded-random.ts';

/** Value of each part: 0 to 1, but priority from −1, and recency above 1 for who has waited too long. */
export type PartValues = Readonly<Record<ScorePartName, number>>;

export interface ScoringFrame extends ScoringScene {
  readonly rules: ScoringRules;
  readonly seed: string;
  /** How many targets there are to choose from. */
  readonly choices: number;
  readonly costs: CostScale;
}

/** Rounds over all targets after which one that waited is favoured more and more, until it is chosen. */
const PATIENCE = 3;
/** Of what is not known: neither for nor against. */
const UNKNOWN = 0.5;

export function partValues(
  target: OfferedTarget,
  record: TargetRecord | null,
  frame: ScoringFrame,
): PartValues {
  const belief = beliefOf(record);
  const need = target.need === null ? UNKNOWN : clamped(target.need, 0);
  return {
    need,
    priority: clamped(target.priority, -1),
    recency: recency(record, frame),
    exploration: need * drawBeta(belief, randomFor(target, frame)),
    success: belief.a / (belief.a + belief.b),
    cost: thrift(record, frame.costs),
  };
}

export function scoreOf(values: PartValues, { weights }: ScoringRules): number {
  let sum = 0;
  for (const part of SCORE_PARTS) {
    sum += weights[part] * values[part];
  }
  return sum;
}

/** An iteration that found nothing to do was no success of the kind that is looked for. */
function beliefOf(record: TargetRecord | null): { a: number; b: number } {
  const { succeeded, unchanged, failed } = record ?? { succeeded: 0, unchanged: 0, failed: 0 };
  return { a: 1 + Math.max(0, succeeded - unchanged), b: 1 + failed + unchanged };
}

/** 1 after as many iterations as there are targets; grows without end once it has waited for far too long. */
function recency(record: TargetRecord | null, { iteration, choices }: ScoringFrame): number {
  const last = record === null ? 0 : record.last_iteration;
  const age = Math.max(0, iteration - (last ?? 0));
  const overdue = Math.max(0, age / (PATIENCE * choices) - 1);
  return (record === null ? 1 : Math.min(1, age / choices)) + overdue;
}

/** 0.5 for what costs as much as others, more for less. */
function thrift(record: TargetRecord | null, { isInUsd, average }: CostScale): number {
  const cost = record === null ? null : costOf(record, isInUsd);
  return cost === null || average === null || average + cost === 0
    ? UNKNOWN
    : average / (average + cost);
}

function clamped(value: number, least: number): number {
  return Math.min(1, Math.max(least, value));
}

/** Of its own for each target and iteration: who else is offered changes nothing. */
function randomFor({ name }: OfferedTarget, { seed, iteration }: ScoringFrame): () => number {
  return seededRandom(`${seed}\n${iteration}\n${name}`);
}
