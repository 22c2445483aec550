import type { TargetRecord } from '../domain/summary/summary.ts';
import { graduationOf, graduationWords, type Graduation } from './graduation.ts';
import type { OfferedTarget } from './offered-target.ts';
import { quarantineOf, quarantineWords } from './quarantine.ts';
import type { ScoringRules } from './scoring-rules.ts';

export interface LeftOut {
  readonly name: string;
  readonly why: 'graduated' | 'quarantined';
  readonly reason: string;
  /** How far it is; null: its task does not tell. */
  readonly graduation: Graduation | null;
}

/** Why a target is not to be chosen; null: it may be. */
export function leftOut(
  target: Pick<OfferedTarget, 'name' | 'graduated' | 'maturity'>,
  record: TargetRecord | null,
  { rules, nowEpochMs }: { readonly rules: ScoringRules; readonly nowEpochMs: number },
): LeftOut | null {
  const { name } = target;
  const graduation = graduationOf(target, record);
  if (target.graduated) {
    const reason = 'its task says that it is good enough';
    return { name, why: 'graduated', reason, graduation };
  }
  if (graduation?.graduated) {
    return { name, why: 'graduated', reason: graduationWords(graduation), graduation };
  }
  const quarantine = quarantineOf(record, rules, nowEpochMs);
  return quarantine === null
    ? null
    : { name, why: 'quarantined', reason: quarantineWords(quarantine), graduation };
}
