import { isOutcome, isSuccess } from '../../domain/outcome.ts';
import type { CliContext } from '../cli-context.ts';
import { costText } from '../tables/amount-text.ts';
import { durationText, elapsedText, momentText } from '../tables/moment-text.ts';
import { paintFor } from '../tables/paint.ts';
import { renderTable, type Column } from '../tables/table.ts';
import { oneLine } from '../tables/text-width.ts';
import type { IterationRecord } from './iteration-record.ts';

/** A line per iteration, in the order given. */
export function iterationTable(
  { terminal }: CliContext,
  records: readonly IterationRecord[],
): string {
  const paint = paintFor(terminal);
  const columns: Column<IterationRecord>[] = [
    { title: '#', cell: ({ iteration }) => String(iteration), right: true },
    { title: 'STARTED', cell: (row) => (row.started_at ? momentText(row.started_at) : '') },
    { title: 'TARGET', cell: (row) => oneLine(row.target ?? '–'), shrinks: true },
    { title: 'OUTCOME', cell: outcomeCell, paint: (cell, row) => paint[outcomeColor(row)](cell) },
    { title: 'ATTEMPTS', cell: (row) => String(row.attempts), right: true },
    { title: 'TOOK', cell: duration, right: true },
    { title: 'COST', cell: (row) => costText(row.cost_usd), right: true },
    { title: 'REPORT', cell: (row) => row.report ?? '–' },
  ];
  return renderTable(columns, records, { columns: terminal.columns, heading: paint.bold });
}

/** For an iteration that has not ended: `open`. */
export function outcomeCell({ outcome }: IterationRecord): string {
  return outcome ?? 'open';
}

export function outcomeColor({ outcome }: IterationRecord): 'good' | 'bad' | 'warn' {
  if (outcome === null || !isOutcome(outcome)) {
    return 'warn';
  }
  return isSuccess(outcome) ? 'good' : 'bad';
}

function duration(row: IterationRecord): string {
  if (row.duration !== null) {
    return durationText(row.duration);
  }
  return row.ended_at === null && row.started_at ? `${elapsedText(row.started_at)}…` : '';
}
