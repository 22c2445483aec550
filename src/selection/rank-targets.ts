import type { TargetRecord } from '../domain/summary/summary.ts';
import { coolingReason } from './cool-down.ts';
import { costScale } from './cost-scale.ts';
import { graduationOf, type Graduation } from './graduation.ts';
import { leftOut, type LeftOut } from './left-out.ts';
import type { OfferedTarget, ScoringScene } from './offered-target.ts';
import { partValues, scoreOf, type PartValues, type ScoringFrame } from './score-target.ts';
import type { ScoringRules } from './scoring-rules.ts';

export interface RankingRequest extends ScoringScene {
  readonly targets: readonly OfferedTarget[];
  readonly rules: ScoringRules;
  /** Where the rules name none. */
  readonly seed: string;
}

export interface Ranking {
  /** Best first: by score, those that cool down behind all others. */
  readonly ranked: readonly RankedTarget[];
  readonly leftOut: readonly LeftOut[];
}

export interface RankedTarget {
  readonly target: OfferedTarget;
  readonly record: TargetRecord | null;
  readonly values: PartValues;
  readonly score: number;
  /** Why it gives way to those that do not cool down; null: it does not. */
  readonly cooling: string | null;
  /** How far it is; null: its task does not tell. */
  readonly graduation: Graduation | null;
}

/** Orders targets by their score. The same request has the same answer; the order of the targets does not matter. */
export function rankTargets(request: RankingRequest): Ranking {
  const { records, rules } = request;
  const { open, leftOut: closed } = sift(request);
  const frame: ScoringFrame = {
    ...request,
    seed: rules.seed ?? request.seed,
    choices: Math.max(1, open.length),
    costs: costScale(records.values()),
  };
  const ranked = open.map((target): RankedTarget => {
    const record = records.get(target.name) ?? null;
    const values = partValues(target, record, frame);
    const cooling = coolingReason(record, rules, request);
    const graduation = graduationOf(target, record);
    return { target, record, values, score: scoreOf(values, rules), cooling, graduation };
  });
  return { ranked: ranked.toSorted(byRank), leftOut: closed };
}

function sift({ targets, records, ...rest }: RankingRequest) {
  const open: OfferedTarget[] = [];
  const closed: LeftOut[] = [];
  for (const target of targets) {
    const reason = leftOut(target, records.get(target.name) ?? null, rest);
    if (reason === null) {
      open.push(target);
    } else {
      closed.push(reason);
    }
  }
  return { open, leftOut: closed };
}

/** Equal scores by name: nothing is left to the order they were offered in. */
function byRank(left: RankedTarget, right: RankedTarget): number {
  if ((left.cooling === null) !== (right.cooling === null)) {
    return left.cooling === null ? -1 : 1;
  }
  return right.score - left.score || compare(left.target.name, right.target.name);
}

function compare(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}
