import type { CliContext } from '../cli-context.ts';
import { costText } from '../tables/amount-text.ts';
import { countdownText, elapsedText } from '../tables/moment-text.ts';
import { paintFor } from '../tables/paint.ts';
import { renderTable, type Column } from '../tables/table.ts';
import { oneLine } from '../tables/text-width.ts';
import type { FoundLoop } from './all-loops.ts';

/** A line per loop. */
export function statusTable(context: CliContext, loops: readonly FoundLoop[]): string {
  const paint = paintFor(context.terminal);
  const columns: Column<FoundLoop>[] = [
    { title: 'LOOP', cell: ({ loop }) => loop },
    { title: 'STATE', cell: stateCell, paint: (cell, row) => paint[colorOf(row)](cell) },
    { title: 'FOR', cell: (row) => since(row), right: true },
    {
      title: 'ITERATION',
      cell: (row) => ofStatus(row, (status) => String(status.iteration || '')),
      right: true,
    },
    {
      title: 'OK',
      cell: (row) => ofStatus(row, ({ totals }) => `${totals.succeeded}/${totals.iterations}`),
      right: true,
    },
    {
      title: 'COST',
      cell: (row) => ofStatus(row, ({ totals }) => costText(totals.costUsd)),
      right: true,
    },
    { title: 'PID', cell: (row) => ofStatus(row, ({ pid }) => String(pid ?? '')), right: true },
    { title: 'WORKS ON', cell: worksOn, shrinks: true },
  ];
  return renderTable(columns, loops, { columns: context.terminal.columns, heading: paint.bold });
}

type Status = Extract<FoundLoop, { reading: unknown }>['reading']['status'];

function ofStatus(row: FoundLoop, text: (status: Status) => string): string {
  return 'reading' in row ? text(row.reading.status) : '';
}

function stateCell(row: FoundLoop): string {
  if (!('reading' in row)) {
    return 'unreadable';
  }
  const { status, runner } = row.reading;
  if (status.stale) {
    return `dead in ${status.state}`;
  }
  return runner === 'silent' ? `${status.state}, silent` : status.state;
}

function colorOf(row: FoundLoop): 'good' | 'warn' | 'bad' | 'dim' {
  if (!('reading' in row) || row.reading.status.stale) {
    return 'bad';
  }
  const { status, runner } = row.reading;
  if (!status.running) {
    return 'dim';
  }
  return runner === 'silent' || status.paused ? 'warn' : 'good';
}

function since(row: FoundLoop): string {
  return ofStatus(row, (status) => (status.since === null ? '' : elapsedText(status.since)));
}

function worksOn(row: FoundLoop): string {
  if (!('reading' in row)) {
    return oneLine(row.trouble);
  }
  const { target, wait, ended } = row.reading.status;
  if (wait) {
    return wait.until === null ? 'until it is resumed' : `next ${countdownText(wait.until)}`;
  }
  return ended ? `ended: ${ended.reason}` : oneLine(target ?? '');
}
