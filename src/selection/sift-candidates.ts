import type { TargetRecord } from '../domain/summary/summary.ts';
import type { Candidate } from '../domain/target.ts';
import { leftOut, type LeftOut } from './left-out.ts';
import type { ScoringRules } from './scoring-rules.ts';

export interface Sifting {
  readonly records: ReadonlyMap<string, TargetRecord>;
  readonly rules: ScoringRules;
  readonly nowEpochMs: number;
}

/** Candidates that somebody else ordered, without those that are quarantined; in the same order. */
export function siftCandidates(
  candidates: readonly Candidate[],
  { records, ...rest }: Sifting,
): { readonly open: readonly Candidate[]; readonly leftOut: readonly LeftOut[] } {
  const open: Candidate[] = [];
  const closed: LeftOut[] = [];
  for (const candidate of candidates) {
    const { name } = candidate;
    const reason = leftOut({ name, ...UNTOLD }, records.get(name) ?? null, rest);
    if (reason === null) {
      open.push(candidate);
    } else {
      closed.push(reason);
    }
  }
  return { open, leftOut: closed };
}

/** How far its targets are, nobody says who orders them itself. */
const UNTOLD = { graduated: false, maturity: null } as const;
