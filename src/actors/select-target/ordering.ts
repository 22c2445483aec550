import type { Outcome } from '../../domain/outcome.ts';
import type { TargetRecord } from '../../domain/summary/summary.ts';
import type { Candidate } from '../../domain/target.ts';
import type { LeftOut } from '../../selection/left-out.ts';
import type { Ranking } from '../../selection/rank-targets.ts';
import type { SelectionContext } from '../../task/selection-hooks.ts';
import type { NeedMemory } from './need-memory.ts';

export interface SelectionOccasion {
  readonly iteration: number;
  readonly signal: AbortSignal;
  readonly dryRun?: boolean;
  readonly needs: NeedMemory;
}

/** What a source of candidates is asked with. */
export interface SelectionCall {
  readonly occasion: SelectionOccasion;
  readonly context: SelectionContext;
  readonly records: ReadonlyMap<string, TargetRecord>;
}

/** Who ordered the candidates; `none`: the task works without targets. */
export type SelectionSource = 'selectTarget' | 'selector' | 'targets' | 'none';

export interface Ordering {
  readonly source: SelectionSource;
  readonly target: string | null;
  /** Best first. */
  readonly candidates: readonly Candidate[];
  /** How they were scored; null: not by us. */
  readonly ranking: Ranking | null;
  /** Who may not be chosen. */
  readonly leftOut: readonly LeftOut[];
  /** Why there is nothing to go by; null: there is. Redacted. */
  readonly failure: string | null;
  /** What the iteration ends as for it. */
  readonly failsAs: Outcome;
  /** Redacted. */
  readonly warnings: readonly string[];
}

export const NOTHING: Omit<Ordering, 'source'> = {
  ...{ target: null, candidates: [], ranking: null, leftOut: [], warnings: [] },
  ...{ failure: null, failsAs: 'selection_failed' },
};
