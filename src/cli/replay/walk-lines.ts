import type { Replayed } from '../../runner/replay/replay-journal.ts';
import { paintFor, type Paint } from '../tables/paint.ts';
import { fitText, oneLine } from '../tables/text-width.ts';
import { contextChanges } from './context-changes.ts';
import { replayedLine } from './replayed-line.ts';

export interface Walk {
  readonly runId: string;
  readonly passed: readonly Replayed[];
  /** Index of the step looked at. */
  readonly at: number;
  readonly verdict: string;
  /** What transitions mean, by their ids. */
  readonly meanings: ReadonlyMap<string, string>;
}

export interface WalkStyle {
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
}

/** The steps around the one looked at, then all of that one. No more lines than there are rows. */
export function walkLines(walk: Walk, { columns, rows, paint }: WalkStyle): string[] {
  const { passed, at, runId, verdict } = walk;
  const height = Math.max(3, Math.floor(rows / 2) - 3);
  const first = Math.max(0, Math.min(at - Math.floor(height / 2), passed.length - height));
  const list = passed.slice(first, first + height).map((replayed, index) => {
    const line = fitText(replayedLine(replayed, PLAIN), columns - 2);
    const isHere = first + index === at;
    return isHere ? paint.bold(`> ${line}`) : `  ${replayed.isSame ? line : paint.bad(line)}`;
  });
  const details = detailLines(walk).map((line) => fitText(line, columns));
  const head = fitText(
    `Run ${runId}: step ${stepOf(passed[at])} of ${stepOf(passed.at(-1))}`,
    columns,
  );
  const foot = [fitText(verdict, columns), fitText(KEYS, columns)];
  const room = Math.max(0, rows - list.length - foot.length - 3);
  return [
    paint.bold(head),
    ...list,
    '',
    ...details.slice(0, room),
    ...filler(details, room),
    ...foot.map(paint.dim),
  ];
}

/** As it is numbered in the list: another runner begins where the last one was. */
function stepOf(replayed: Replayed | undefined): number {
  return replayed?.kind === 'step' ? replayed.n : (replayed?.start.n ?? 0);
}

const KEYS = 'down, up: a step   page down, page up: many   g, G: first, last   q: leave';

const PLAIN = paintFor({ hasColor: false });

/** The verdict stays at the foot. */
function filler(details: readonly string[], room: number): string[] {
  return Array.from({ length: Math.max(0, room - details.length) }, () => '');
}

function detailLines({ passed, at, meanings }: Walk): string[] {
  const here = passed[at];
  if (!here) {
    return [];
  }
  if (here.kind === 'start') {
    const { autoloop, definitionHash } = here.start;
    return [
      `state     ${here.state}`,
      `snapshot  ${here.hash}`,
      `autoloop  ${oneLine(`${autoloop}, machine ${definitionHash}`)}`,
    ];
  }
  const { type, ...payload } = here.event;
  const before = passed[at - 1]?.body ?? here.body;
  return [
    `event     ${oneLine(type)}`,
    `state     ${here.from} -> ${here.state}`,
    `taken     ${here.taken.join(', ') || 'nothing: no transition answers it'}`,
    ...here.taken.map((id) => meanings.get(id)).map((words) => `          ${words ?? ''}`),
    `snapshot  ${here.hash}${here.isSame ? '' : `, the journal says ${here.told.hash}`}`,
    ...section(
      'told',
      Object.entries(payload).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
    ),
    ...section(
      'changed',
      contextChanges(before, here.body).map(
        ({ path, before: was, after: is }) => `${path}: ${was ?? 'nothing'} -> ${is ?? 'nothing'}`,
      ),
    ),
  ];
}

function section(name: string, lines: readonly string[]): string[] {
  const [first = 'nothing', ...others] = lines.map(oneLine);
  return [`${name.padEnd(8)}  ${first}`, ...others.map((line) => `${' '.repeat(10)}${line}`)];
}
