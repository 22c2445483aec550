import type { CliContext } from '../cli-context.ts';
import { plural } from '../tables/amount-text.ts';
import { wrap } from '../tables/facts.ts';
import { paintFor, type Paint } from '../tables/paint.ts';
import { oneLine } from '../tables/text-width.ts';
import type { Finding } from './finding.ts';

const MARKS = { ok: ['✓', 'good'], warn: ['!', 'warn'], fail: ['✗', 'bad'] } as const;

/** A line per finding, the fix below it, and what it comes to. */
export function findingsTable({ terminal }: CliContext, findings: readonly Finding[]): string {
  const paint = paintFor(terminal);
  const width = findings.reduce((most, { name }) => Math.max(most, name.length), 0);
  const lines = findings.map((finding) =>
    findingLines(finding, { paint, width, columns: terminal.columns }),
  );
  return `${lines.join('')}\n${verdict(findings, paint)}\n`;
}

interface Style {
  readonly paint: Paint;
  readonly width: number;
  readonly columns: number;
}

function findingLines(
  { name, status, detail, fix }: Finding,
  { paint, width, columns }: Style,
): string {
  const [mark, color] = MARKS[status];
  const indent = ' '.repeat(width + 4);
  const broken = (text: string): string =>
    wrap(oneLine(text), Math.max(20, columns - indent.length)).join(`\n${indent}`);
  const head = `${paint[color](mark)} ${name.padEnd(width)}  ${broken(detail)}\n`;
  return fix === null ? head : `${head}${indent}${paint.bold(broken(fix))}\n`;
}

function verdict(findings: readonly Finding[], paint: Paint): string {
  const count = (status: Finding['status']): number =>
    findings.filter((finding) => finding.status === status).length;
  const failed = count('fail');
  const warned = count('warn');
  if (failed > 0) {
    return paint.bad(
      `Not ready: ${plural(failed, 'check')} failed${warned > 0 ? `, ${plural(warned, 'warning')}` : ''}.`,
    );
  }
  return warned > 0
    ? paint.warn(`Ready, with ${plural(warned, 'warning')}.`)
    : paint.good('Ready.');
}
