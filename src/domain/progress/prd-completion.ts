import type { PrdItem } from './prd-items.ts';

export interface PrdCompletion extends Share {
  /** By priority, the most important first; items without one last, as null. */
  readonly byPriority: readonly (Share & { readonly priority: number | null })[];
}

export interface Share {
  readonly done: number;
  readonly total: number;
  /** 0 to 1; null: there is nothing to do or done. */
  readonly share: number | null;
}

/** How much of a PRD.md is checked off, in all and by priority. */
export function prdCompletion(items: readonly Pick<PrdItem, 'done' | 'priority'>[]): PrdCompletion {
  const priorities = [...new Set(items.map(({ priority }) => priority))].toSorted(
    (left, right) => (left ?? Infinity) - (right ?? Infinity),
  );
  return {
    ...shareOf(items),
    byPriority: priorities.map((priority) => ({
      priority,
      ...shareOf(items.filter((item) => item.priority === priority)),
    })),
  };
}

function shareOf(items: readonly Pick<PrdItem, 'done'>[]): Share {
  const done = items.filter((item) => item.done).length;
  return { done, total: items.length, share: items.length === 0 ? null : done / items.length };
}
