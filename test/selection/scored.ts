import type { TargetRecord } from '../../src/domain/summary/summary.ts';
import type { OfferedTarget } from '../../src/selection/offered-target.ts';
import { rankTargets, type RankingRequest } from '../../src/selection/rank-targets.ts';
import { scoringRules } from '../../src/selection/scoring-rules.ts';

export const NOW = Date.UTC(2026, 10, 27, 12);

export function target(name: string, facts: Partial<OfferedTarget> = {}): OfferedTarget {
  return { name, need: 0.5, priority: 0, graduated: false, maturity: null, ...facts };
}

export function record(facts: Partial<TargetRecord> = {}): TargetRecord {
  return {
    ...{ iterations: 1, succeeded: 1, last_outcome: 'succeeded' },
    ...{ last_at: new Date(NOW - 3_600_000).toISOString(), last_iteration: 1 },
    ...{ failed: 0, unchanged: 0, failures_in_row: 0, validations_failed_in_row: 0 },
    ...{ cost_usd: null, duration: 60, last_ten: '+' },
    ...facts,
  };
}

export function rank(facts: Partial<RankingRequest>) {
  return rankTargets({
    ...{ targets: [], records: new Map(), rules: scoringRules() },
    ...{ iteration: 100, nowEpochMs: NOW, seed: 'test' },
    ...facts,
  });
}

export function scoreIn(facts: Partial<RankingRequest>, name: string): number {
  return rank(facts).ranked.find((ranked) => ranked.target.name === name)?.score ?? NaN;
}
