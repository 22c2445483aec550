import type { Paint } from '../tables/paint.ts';
import { durationText } from '../tables/moment-text.ts';
import { wrap } from '../tables/facts.ts';
import { renderTable, type Column } from '../tables/table.ts';
import { harmless, oneLine } from '../tables/text-width.ts';
import { verdictWords } from '../status/verdict-words.ts';
import type { GateRun } from './gate-runs.ts';

interface Look {
  readonly paint: Paint;
  readonly columns: number;
}

/** A line per gate; below it, why one was not passed and what it printed last. */
export function gateRunTable(runs: readonly GateRun[], { paint, columns }: Look): string {
  const shown: Column<GateRun>[] = [
    {
      title: '',
      cell: ({ passed }) => (passed ? '  ✓' : '  ✗'),
      paint: (cell, { passed }) => (passed ? paint.good(cell) : paint.bad(cell)),
    },
    { title: 'GATE', cell: ({ gate }) => oneLine(gate), shrinks: true },
    { title: 'WHAT CAME OF IT', cell: verdictWords, shrinks: true },
    { title: 'TESTS', cell: ({ tests }) => (tests === null ? '–' : testText(tests)) },
    { title: 'TOOK', cell: tookText, right: true },
  ];
  const failed = runs.filter(({ passed }) => !passed);
  return runs.length === 0
    ? ''
    : [
        renderTable(shown, runs, { columns, heading: paint.dim }),
        ...failed.map((run) => failure(run, { paint, columns })),
      ].join('');
}

function testText({ ran, failed }: NonNullable<GateRun['tests']>): string {
  return failed === 0 ? `${ran} ran` : `${ran} ran, ${failed} failed`;
}

function tookText({ seconds }: GateRun): string {
  return seconds === null ? '–' : durationText(seconds);
}

function failure({ gate, reason, output_tail: tail }: GateRun, { paint, columns }: Look): string {
  const head = wrap(`${oneLine(gate)}: ${oneLine(reason ?? 'not passed')}`, columns - 2);
  const output = (tail ?? []).map((line) => `  │ ${harmless(line)}`.trimEnd());
  return `\n${head.map((line) => `  ${paint.bad(line)}\n`).join('')}${output.map((line) => `${line}\n`).join('')}`;
}
