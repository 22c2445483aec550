import type { CliContext } from '../cli-context.ts';
import { plural } from '../tables/amount-text.ts';
import { renderFacts, wrap, type Fact } from '../tables/facts.ts';
import { paintFor, type Paint } from '../tables/paint.ts';
import { scoreText } from '../tables/score-text.ts';
import { pathText } from '../tables/path-text.ts';
import { renderTable, type Column } from '../tables/table.ts';
import { valueText } from '../tables/value-text.ts';
import { harmless, oneLine } from '../tables/text-width.ts';
import { gateTable } from './gate-table.ts';
import type { PlanDocument } from './plan-document.ts';
import { quotedWord } from './quoted-word.ts';

const CANDIDATES = 10;

/** The next iteration for people. The prompt stands last but one, as it may be long; what is wrong at the end. */
export function describePlan(context: CliContext, document: PlanDocument): string {
  const { terminal } = context;
  const paint = paintFor(terminal);
  const style = { paint, columns: terminal.columns };
  const head = `${paint.bold(`Iteration ${document.iteration}`)} of loop ${document.loop} would do this. Nothing was started or written.\n`;
  const parts = [
    `${head}${renderFacts(facts(document, context.cwd), style)}`,
    section(paint, 'Candidates', candidates(document, { paint, columns: terminal.columns })),
    section(
      paint,
      'Gates, all of which the work has to pass',
      gateTable(document, { columns: terminal.columns, heading: paint.dim }),
    ),
    section(paint, 'Settings', settings(document, { paint, columns: terminal.columns })),
    section(
      paint,
      `Settings of task ${document.task}`,
      taskSettings(document, { paint, columns: terminal.columns }),
    ),
    section(paint, 'Environment', environment(document, terminal.columns)),
    section(paint, 'States', lines(document.states.join(' → '), terminal.columns)),
    section(paint, promptTitle(document), promptLines(document)),
    section(paint, 'Problems', problems(document, { paint, columns: terminal.columns })),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

interface Look {
  readonly paint: Paint;
  readonly columns: number;
}

function facts(document: PlanDocument, cwd: string): Fact[] {
  const { unfinished, argv, skip } = document;
  const shown = (path: string): string => pathText(path, cwd);
  return [
    ['task', document.task],
    ['before', unfinished ? unfinishedWords(unfinished) : null],
    ['target', document.target === null ? null : oneLine(document.target)],
    ['skipped', skip === null ? null : `${skip.outcome}: ${oneLine(skip.reason)}`],
    [
      'agent',
      document.account === null ? document.agent : `${document.agent}, billed: ${document.account}`,
    ],
    [
      'command',
      argv === null
        ? null
        : `${argv.map(quotedWord).join(' ')}${document.programFound ? '' : '   (not found)'}`,
    ],
    ['works in', document.cwd === null ? null : shown(document.cwd)],
    ['data', shown(document.dataDir)],
  ];
}

function unfinishedWords({
  state,
  iteration,
  isOpen,
}: NonNullable<PlanDocument['unfinished']>): string {
  const what = isOpen
    ? `iteration ${iteration} would be brought to its end first`
    : 'it would be gone on with';
  return `a run is unfinished (${state}): ${what}`;
}

function candidates({ candidates: all, target }: PlanDocument, { paint, columns }: Look): string {
  const shown: Column<(typeof all)[number]>[] = [
    { title: '', cell: ({ name }) => (name === target ? ' →' : '  ') },
    { title: 'NAME', cell: ({ name }) => oneLine(name), shrinks: true },
    { title: 'SCORE', cell: ({ score }) => scoreText(score), right: true },
    { title: 'WHY', cell: ({ reason }) => oneLine(reason ?? ''), shrinks: true },
  ];
  const more = all.length > CANDIDATES ? `      … ${all.length - CANDIDATES} more\n` : '';
  return all.length === 0
    ? ''
    : `${renderTable(shown, all.slice(0, CANDIDATES), { columns, heading: paint.dim })}${more}`;
}

function settings(document: PlanDocument, { paint, columns }: Look): string {
  type Row = readonly [string, PlanDocument['settings'][string]];
  const shown: Column<Row>[] = [
    { title: '  SETTING', cell: ([name]) => `  ${flagOf(name)}` },
    { title: 'VALUE', cell: ([, { value }]) => oneLine(valueText(value)) || '–', shrinks: true },
    { title: 'FROM', cell: ([, { from }]) => from, shrinks: true },
  ];
  return renderTable(shown, Object.entries(document.settings), { columns, heading: paint.dim });
}

function taskSettings(document: PlanDocument, { paint, columns }: Look): string {
  const rows = Object.entries(document.taskSettings);
  const shown: Column<readonly [string, unknown]>[] = [
    { title: '  SETTING', cell: ([name]) => `  ${oneLine(name)}` },
    { title: 'VALUE', cell: ([, value]) => oneLine(valueText(value)) || '–', shrinks: true },
  ];
  return rows.length === 0 ? '' : renderTable(shown, rows, { columns, heading: paint.dim });
}

/** As it is written on the command line. */
function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function environment({ env, argv }: PlanDocument, columns: number): string {
  if (argv === null) {
    return '';
  }
  const withheld =
    env.withheld.length === 0 ? '' : lines(`withheld: ${env.withheld.join(' ')}`, columns);
  return `${lines(`passed: ${env.passed.join(' ')}`, columns)}${withheld}`;
}

function promptTitle({ prompt, notes }: PlanDocument): string {
  const told = notes === 0 ? '' : `, with ${plural(notes, 'note')} of yours`;
  return `Prompt (${plural(prompt?.length ?? 0, 'character')}, redacted${told})`;
}

function promptLines({ prompt }: PlanDocument): string {
  return prompt === null
    ? ''
    : harmless(prompt)
        .trimEnd()
        .split('\n')
        .map((line) => `  │ ${line}`.trimEnd() + '\n')
        .join('');
}

function problems({ problems: all }: PlanDocument, { paint, columns }: Look): string {
  return all
    .map(({ code, message, fix }) => {
      const mark = code === null ? paint.warn('  ! ') : paint.bad('  ✗ ');
      const text = wrap(oneLine(message), columns - 4).join('\n    ');
      return `${mark}${text}\n${fix === null ? '' : `    ${wrap(oneLine(fix), columns - 4).join('\n    ')}\n`}`;
    })
    .join('');
}

function lines(text: string, columns: number): string {
  return wrap(text, columns - 2)
    .map((line) => `  ${line}\n`)
    .join('');
}

function section(paint: Paint, title: string, body: string): string {
  return body === '' ? '' : `${paint.bold(title)}\n${body}`;
}
