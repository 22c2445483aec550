import type { Excess } from '../../machines/attempt/context.ts';
import type { AttemptOrder } from '../domain/attempt.ts';
import { tokensOf } from '../domain/cap.ts';
import { costOf } from '../domain/price.ts';
import type { Spent } from '../domain/tokens.ts';

/** What an attempt has spent more of than it may; null: nothing, as far as its agent tells. */
export function budgetExcess(
  { budget, price }: Pick<AttemptOrder, 'budget' | 'price'>,
  spent: Spent,
): Excess | null {
  const cost = costOf(spent, price) ?? 0;
  if (budget.costUsd !== null && cost > budget.costUsd) {
    return { kind: 'cost', value: cost, limit: budget.costUsd };
  }
  const tokens = tokensOf(spent);
  return budget.tokens !== null && tokens > budget.tokens
    ? { kind: 'tokens', value: tokens, limit: budget.tokens }
    : null;
}
