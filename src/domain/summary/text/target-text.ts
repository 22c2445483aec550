import { memoryOf, NO_MEMORY } from '../memory/memory.ts';
import type { Summary, TargetRecord } from '../summary.ts';
import { targetRecords } from '../target-record.ts';
import { iterationInALine, nameText } from './iteration-text.ts';
import { gateEntries, listText } from './list-text.ts';

/** What is known of the target that was chosen, but for those of its iterations that are told elsewhere. Costs 440 tokens at most. */
export function targetText(
  summary: Summary,
  target: string,
  told: ReadonlySet<number>,
): readonly string[] {
  const record = targetRecords(summary).get(target);
  const memory = memoryOf(summary.state.memory ?? NO_MEMORY, target);
  const untold = (memory?.iterations ?? []).filter(({ iteration }) => !told.has(iteration));
  const lines = [
    ...(record ? [`- ${recordText(record)}`] : []),
    ...untold.map((iteration) => iterationInALine({ ...NOT_TOLD, ...iteration })),
    ...listText({ ...FAILING, entries: gateEntries(memory?.gates ?? []) }),
    ...listText({ ...OPEN, entries: memory?.issues ?? [] }),
    ...listText({ ...LEARNED, entries: memory?.lessons ?? [] }),
  ];
  return lines.length === 0 ? [] : [`The target of this iteration, ${nameText(target)}:`, ...lines];
}

/** The target is named once, above. */
const NOT_TOLD = { target: null, duration: 0, cost_usd: null, at: '' };
const FAILING = { title: 'Its gates that failed:', most: 55 };
const OPEN = { title: 'Its open issues, as reported:', most: 55 };
const LEARNED = { title: 'Its lessons, as reported:', most: 55 };

function recordText(record: TargetRecord): string {
  const { iterations, succeeded, failures_in_row: inRow, last_outcome: last } = record;
  const row = inRow > 1 ? `, the last ${inRow} failed` : '';
  const cost = record.cost_usd === null ? '' : `, ${record.cost_usd.toFixed(2)} USD in all`;
  return `worked on ${times(iterations)}, ${succeeded} successful; last: ${last}${row}${cost}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
