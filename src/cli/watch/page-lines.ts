import { plural } from '../tables/amount-text.ts';
import { momentText } from '../tables/moment-text.ts';
import { compactLine } from './compact-line.ts';
import { loopLines } from './loop-lines.ts';
import type { LoopView } from './loop-view.ts';
import type { PageFacts } from './page-facts.ts';
import { painted, type StyledLine } from './styled-line.ts';

/** The whole page: each loop with what its worker says where there is room, else a line for each. */
export function pageLines(views: readonly LoopView[], facts: PageFacts): string[] {
  const room = facts.rows - 4;
  const lines = [heading(views, facts.now), [], ...body(views, room, facts), [], FOOTER];
  return lines.map((line) => painted(line, facts));
}

const FOOTER: StyledLine = [['q or Ctrl-C leaves; the loops go on', 'dim']];

function heading(views: readonly LoopView[], now: number): StyledLine {
  const running = views.filter(({ found }) => 'reading' in found && found.reading.status.running);
  const words =
    views.length === 1 ? '' : `, ${plural(views.length, 'loop')}, ${running.length} running`;
  return [
    ['autoloop', 'bold'],
    [`${words}  ${momentText(new Date(now).toISOString(), now)}`, 'dim'],
  ];
}

function body(views: readonly LoopView[], room: number, facts: PageFacts): StyledLine[] {
  if (views.length === 0) {
    return [[['No loop has run here yet. Begin with: autoloop init']]];
  }
  const blocks = views.map((view) => loopLines(view, facts));
  const needed = blocks.reduce((sum, { lines }) => sum + lines.length + 1, -1);
  if (needed > room) {
    return compact(views, room, facts);
  }
  const speaking = blocks.filter(({ said }) => said.length > 0).length;
  const each = speaking === 0 ? 0 : Math.floor((room - needed) / speaking);
  return blocks.flatMap(({ lines, said }, at) => [
    ...(at === 0 ? [] : [[]]),
    ...lines,
    ...(each === 0 ? [] : said.slice(-each)),
  ]);
}

function compact(views: readonly LoopView[], room: number, { now }: PageFacts): StyledLine[] {
  const most = views.length > room ? room - 1 : room;
  const left = views.length - most;
  const width = Math.max(...views.map(({ found }) => found.loop.length));
  return [
    ...views.slice(0, most).map((view) => compactLine(view, { now, width })),
    ...(left > 0 ? [[[`… and ${left} more: make the window taller`, 'dim'] as const]] : []),
  ];
}
