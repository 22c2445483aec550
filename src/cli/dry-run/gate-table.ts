import { relative } from 'node:path';
import type { GateFacts } from '../../task/describe-gates.ts';
import { durationText } from '../tables/moment-text.ts';
import { renderTable, type Column, type TableStyle } from '../tables/table.ts';
import { oneLine } from '../tables/text-width.ts';
import { quotedWord } from './quoted-word.ts';

/** What the work will have to pass; empty: nothing. */
export function gateTable(
  { gates, workspace }: { gates: readonly GateFacts[] | null; workspace: string },
  style: TableStyle,
): string {
  if (gates === null) {
    return '  A function of the task says which, once the work is done.\n';
  }
  const columns: Column<GateFacts>[] = [
    { title: '  GATE', cell: ({ name }) => `  ${oneLine(name)}`, shrinks: true },
    { title: 'COMMAND', cell: (gate) => commandText(gate, workspace), shrinks: true },
    { title: 'TIMEOUT', cell: ({ timeoutSeconds }) => durationText(timeoutSeconds), right: true },
    { title: 'EXPECTS', cell: ({ expects }) => String(expects), right: true },
    { title: 'PARSER', cell: (gate) => parserText(gate) },
    { title: 'RETRIES', cell: ({ retries }) => String(retries), right: true },
  ];
  return gates.length === 0 ? '' : renderTable(columns, gates, style);
}

function commandText({ argv, cwd }: GateFacts, workspace: string): string {
  const place = relative(workspace, cwd);
  return oneLine(`${argv.map(quotedWord).join(' ')}${place === '' ? '' : `   (in ${place})`}`);
}

function parserText({ parser, report, cwd }: GateFacts): string {
  if (parser === null) {
    return '–';
  }
  return report === null ? parser : oneLine(`${parser} of ${relative(cwd, report)}`);
}
