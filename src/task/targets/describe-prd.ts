import { prdCompletion } from '../../domain/progress/prd-completion.ts';
import type { PrdItem } from '../../domain/progress/prd-items.ts';

const MOST_ITEMS = 5;
const LONGEST_ITEM = 200;

/** The state of a PRD.md for a prompt, in a few lines: how much is done, and what is open, the most important first. */
export function describePrd(items: readonly PrdItem[] | null): string {
  if (items === null) {
    return 'PRD.md: there is none';
  }
  if (items.length === 0) {
    return 'PRD.md: has no checkboxes';
  }
  const { done, total, byPriority } = prdCompletion(items);
  const parts = byPriority.map((part) => `${nameOf(part.priority)} ${part.done}/${part.total}`);
  const open = items.filter((item) => !item.done).toSorted(byPriorityFirst);
  const more = open.length - MOST_ITEMS;
  return [
    `PRD.md: ${done} of ${total} items are done (${parts.join(', ')})${open.length === 0 ? '' : '; open:'}`,
    ...open.slice(0, MOST_ITEMS).map(itemLine),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ].join('\n');
}

function byPriorityFirst(left: PrdItem, right: PrdItem): number {
  return (left.priority ?? Infinity) === (right.priority ?? Infinity)
    ? left.line - right.line
    : (left.priority ?? Infinity) - (right.priority ?? Infinity);
}

function itemLine({ text, line, priority }: PrdItem): string {
  const short =
    text.length > LONGEST_ITEM ? `${text.slice(0, LONGEST_ITEM).toWellFormed()}…` : text;
  const level = priority === null || /^\W*P\d/i.test(text) ? '' : `P${priority}: `;
  return `- ${level}${short} (line ${line})`;
}

function nameOf(priority: number | null): string {
  return priority === null ? 'without priority' : `P${priority}`;
}
