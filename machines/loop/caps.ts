import {
  reachedCap as capReachedBy,
  remainingBudget,
  tokensOf,
  type Budget,
  type Cap,
} from '../../src/domain/cap.ts';
import { usdText } from '../../src/domain/price.ts';
import { EXIT } from '../../src/domain/error.ts';
import type { AttemptEnd } from '../../src/domain/open-iteration.ts';
import { addCost, addTokens, type Spent } from '../../src/domain/tokens.ts';
import type { Ending, LoopContext, LoopPolicy } from './context.ts';

/** What the run has spent, with its open iteration. */
export function spentBy({ totals, open }: LoopContext): Spent {
  return {
    costUsd: addCost(totals.costUsd, open?.costUsd ?? null),
    tokens: addTokens(totals.tokens, open?.tokens ?? null),
  };
}

/** What the next attempt may spend: reserved for it as a whole. */
export function budgetOf(context: LoopContext): Budget {
  return remainingBudget(context.policy, spentBy(context));
}

/** The cap that the run has come to, by these settings; null: none. `livedMs`: of all its runners. */
export function capOf(
  context: LoopContext,
  { policy, livedMs }: { policy: LoopPolicy; livedMs: number },
): Cap | null {
  return context.reachedCap ?? capReachedBy(policy, spentBy(context), livedMs);
}

/** It has worked, and the cap of cost cannot know for how much. */
export function costsUnseen({ policy }: LoopContext, { costUsd, tokens }: AttemptEnd): boolean {
  const used = tokens === null ? 0 : tokens.in + tokens.out + tokens.cached;
  return policy.maxCostUsd > 0 && costUsd === null && used > 0;
}

export function endingByCap(context: LoopContext, policy: LoopPolicy): Ending {
  const { livedMs } = context;
  const cap = capOf(context, { policy, livedMs }) ?? 'runtime';
  return {
    reason: `max_${cap}`,
    exitCode: EXIT.cap,
    message: `${CAP_WORDS[cap](policy, spentBy(context))} (--max-${cap})`,
    fix: null,
  };
}

const CAP_WORDS: Readonly<Record<Cap, (policy: LoopPolicy, spent: Spent) => string>> = {
  cost: ({ maxCostUsd }, { costUsd }) =>
    `the run has cost ${usdText(costUsd ?? 0)}, ${usdText(maxCostUsd)} are allowed`,
  tokens: ({ maxTokens }, spent) =>
    `the run has used ${tokensOf(spent)} tokens, ${maxTokens} are allowed`,
  runtime: ({ maxRuntimeMs }) => `the run has run for ${maxRuntimeMs / 1000} s, as long as it may`,
};
