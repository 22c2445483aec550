import type { PrdItem } from '../../domain/progress/prd-items.ts';

/** How much of it an item is: a P0 counts as four that are P2, or have no priority. */
const WEIGHTS = [4, 2, 1];

/** Share of the items that is open, 0 to 1, by the weight of their priority; null: there are no items. */
export function openShare(items: readonly Pick<PrdItem, 'done' | 'priority'>[]): number | null {
  const all = weightOf(items);
  return all === 0 ? null : weightOf(items.filter(({ done }) => !done)) / all;
}

function weightOf(items: readonly Pick<PrdItem, 'priority'>[]): number {
  return items.reduce((sum, { priority }) => sum + (WEIGHTS[priority ?? 2] ?? 1), 0);
}
