import { graduationWords } from '../../selection/graduation.ts';
import type { CliContext } from '../cli-context.ts';
import { paintFor, type Paint } from '../tables/paint.ts';
import { scoreText } from '../tables/score-text.ts';
import { renderTable, type Column } from '../tables/table.ts';
import { oneLine } from '../tables/text-width.ts';
import type { SelectionDocument } from './selection-document.ts';

type Candidate = SelectionDocument['candidates'][number];
type Part = NonNullable<Candidate['parts']>[number];

interface Look {
  readonly paint: Paint;
  readonly columns: number;
}

/** Explained ones take some lines each; the others can be read with `--json`. */
const EXPLAINED = 10;

/** The candidates for people, best first; where `explains`, each with its score part by part. */
export function describeSelection(
  { terminal }: CliContext,
  document: SelectionDocument,
  explains: boolean,
): string {
  const look = { paint: paintFor(terminal), columns: terminal.columns };
  const { candidates } = document;
  const shown = explains
    ? candidates
        .slice(0, EXPLAINED)
        .map((candidate) => explained(candidate, document, look))
        .join('')
    : candidateTable(document, look);
  const more =
    explains && candidates.length > EXPLAINED
      ? `… ${candidates.length - EXPLAINED} more; all of them: --json\n`
      : '';
  return [heading(document, look), shown, more, leftOut(document, look), warnings(document, look)]
    .filter((part) => part !== '')
    .join('');
}

function heading({ iteration, source, target, skip, task }: SelectionDocument, { paint }: Look) {
  const number = paint.bold(`Iteration ${iteration}`);
  if (skip !== null) {
    return `${number} would choose no target: ${oneLine(skip.reason)} (${skip.outcome})\n`;
  }
  return target === null
    ? `Task ${task} works without targets.\n`
    : `${number} would work on ${paint.bold(oneLine(target))}, by ${SOURCES[source]}.\n`;
}

const SOURCES: Readonly<Record<SelectionDocument['source'], string>> = {
  selectTarget: 'its hook selectTarget',
  selector: 'its selector',
  targets: 'score',
  none: 'nothing',
};

function candidateTable({ candidates, target }: SelectionDocument, { paint, columns }: Look) {
  const shown: Column<Candidate>[] = [
    { title: '', cell: ({ name }) => (name === target ? '→' : ' ') },
    { title: 'NAME', cell: ({ name }) => oneLine(name), shrinks: true },
    { title: 'SCORE', cell: ({ score }) => scoreText(score), right: true },
    { title: 'WHY', cell: ({ reason }) => oneLine(reason ?? ''), shrinks: true },
  ];
  return candidates.length === 0
    ? ''
    : renderTable(shown, candidates, { columns, heading: paint.dim });
}

function explained(candidate: Candidate, { target }: SelectionDocument, look: Look): string {
  const { name, score, reason, parts, cooling, graduation } = candidate;
  const mark = name === target ? '→' : ' ';
  const head = `${mark} ${look.paint.bold(oneLine(name))}  ${scoreText(score)}`;
  if (parts === null) {
    return `${head}${reason === null ? '' : `  ${oneLine(reason)}`}\n`;
  }
  const aside = cooling === null ? '' : `    behind all that do not cool down: ${cooling}\n`;
  const far = graduation === null ? '' : `    graduation ${graduationWords(graduation)}\n`;
  return `${head}\n${aside}${partTable(parts, look)}${far}`;
}

function partTable(parts: readonly Part[], { paint, columns }: Look): string {
  const shown: Column<Part>[] = [
    { title: '    PART', cell: ({ part }) => `    ${part}` },
    { title: 'VALUE', cell: ({ value }) => value.toFixed(2), right: true },
    { title: 'WEIGHT', cell: ({ weight }) => `× ${weight}`, right: true },
    { title: 'POINTS', cell: ({ points }) => points.toFixed(2), right: true },
    { title: 'WHY', cell: ({ reason }) => oneLine(reason), shrinks: true },
  ];
  return renderTable(shown, parts, { columns, heading: paint.dim });
}

function leftOut({ left_out: all }: SelectionDocument, { paint, columns }: Look): string {
  const shown: Column<SelectionDocument['left_out'][number]>[] = [
    { title: '  LEFT OUT', cell: ({ name }) => `  ${oneLine(name)}`, shrinks: true },
    { title: 'WHY', cell: ({ why, reason }) => `${why}: ${oneLine(reason)}`, shrinks: true },
  ];
  return all.length === 0 ? '' : renderTable(shown, all, { columns, heading: paint.dim });
}

/** That nothing was chosen is said above. */
function warnings({ warnings: all, skip }: SelectionDocument, { paint }: Look): string {
  return all
    .filter((warning) => warning !== skip?.reason)
    .map((warning) => `${paint.warn('!')} ${oneLine(warning)}\n`)
    .join('');
}
