import { bytesOf, type Removal, type RemovalReason } from '../../domain/retention.ts';
import { bytesText } from '../tables/amount-text.ts';

/** A line for each reason and kind, then how much it is in all: a thousand iterations are no thousand lines. */
export function removalsText(removals: readonly Removal[], dryRun: boolean): string {
  if (removals.length === 0) {
    return dryRun ? 'Nothing would be removed.\n' : 'There is nothing to remove.\n';
  }
  const lines = groupsOf(removals).map((group) => lineOf(group));
  const verb = dryRun ? 'Would be removed' : 'Removed';
  const hint = dryRun ? ' Do it: the same command without --dry-run.' : '';
  return `${lines.join('\n')}\n${verb}: ${bytesText(bytesOf(removals))}.${hint}\n`;
}

/** Iterations of one reason together; each generation by itself. */
function groupsOf(removals: readonly Removal[]): (readonly Removal[])[] {
  const groups = Map.groupBy(removals, ({ iteration, paths, why }) =>
    iteration === null ? paths.join() : why,
  );
  return [...groups.values()];
}

function lineOf(group: readonly Removal[]): string {
  const [first] = group;
  const why = first ? WHY[first.why] : null;
  const isIteration = first?.iteration !== null;
  const what = isIteration ? iterationsText(group) : first.paths.join(', ');
  const reason = isIteration ? why?.iterations : why?.generation;
  return `${what} (${bytesText(bytesOf(group))}): ${reason}`;
}

/** `iterations 1 to 34, 36`. */
function iterationsText(group: readonly Removal[]): string {
  const numbers = group.map(({ iteration }) => iteration ?? 0).toSorted((a, b) => a - b);
  const ranges: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    if (range?.last === number - 1) {
      range.last = number;
    } else {
      ranges.push({ first: number, last: number });
    }
  }
  const shown = ranges.map(({ first, last }) => (first === last ? first : `${first} to ${last}`));
  return `iteration${numbers.length === 1 ? '' : 's'} ${shown.join(', ')}`;
}

const WHY: Readonly<Record<RemovalReason, { iterations: string; generation: string }>> = {
  count: {
    iterations: 'more than are kept (--keep-iterations)',
    generation: 'more than are kept (--rotate-keep)',
  },
  age: { iterations: 'too old (--keep-days)', generation: 'too old (--rotate-days)' },
  size: {
    iterations: 'the folder takes too much (--max-data-mb)',
    generation: 'the folder takes too much (--max-data-mb)',
  },
};
