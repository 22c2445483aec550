import type { Spent } from './tokens.ts';

/** What a run may spend over all its lives; 0: no limit. */
export interface Caps {
  readonly maxCostUsd: number;
  /** In, out and cache writes together. */
  readonly maxTokens: number;
  /** Time that a runner of it lived. */
  readonly maxRuntimeMs: number;
}

export type Cap = 'cost' | 'tokens' | 'runtime';

/** What an attempt may still spend; null: any amount. */
export interface Budget {
  readonly costUsd: number | null;
  readonly tokens: number | null;
}

export const ANY_BUDGET: Budget = { costUsd: null, tokens: null };

/** What the caps leave of what was spent. What was not told is taken for nothing. */
export function remainingBudget({ maxCostUsd, maxTokens }: Caps, spent: Spent): Budget {
  return {
    costUsd: maxCostUsd === 0 ? null : Math.max(0, rounded(maxCostUsd - (spent.costUsd ?? 0))),
    tokens: maxTokens === 0 ? null : Math.max(0, maxTokens - tokensOf(spent)),
  };
}

/** The first cap that is reached; null: none is. */
export function reachedCap(caps: Caps, spent: Spent, livedMs: number): Cap | null {
  const left = remainingBudget(caps, spent);
  if (left.costUsd === 0) {
    return 'cost';
  }
  if (left.tokens === 0) {
    return 'tokens';
  }
  return caps.maxRuntimeMs > 0 && livedMs >= caps.maxRuntimeMs ? 'runtime' : null;
}

/** Those that count towards `--max-tokens`: cache reads are not among them. */
export function tokensOf({ tokens }: Spent): number {
  return tokens === null ? 0 : tokens.in + tokens.out;
}

/** Cents of a cent: sums of decimal prices are not exact. */
function rounded(usd: number): number {
  return Math.round(usd * 1e6) / 1e6;
}
