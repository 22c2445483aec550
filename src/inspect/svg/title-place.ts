import type { Box, Layout, Point } from '../layout/layout.ts';
import { MEASURES, titleWidth } from '../layout/measures.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where the name of a group and its figures stand: at its left, or behind the arrows that run across there. */
export function titlePlace(name: string, box: Box, { arrows, starts }: Layout): Span {
  const strip = { ...box, height: MEASURES.title };
  const width = titleWidth(name);
  const lines = [...arrows, ...starts].flatMap(({ points }) => crossings(points, strip));
  const free = [box.x, ...lines.toSorted((a, b) => a - b)].find(
    (from) =>
      from + width <= box.x + box.width && lines.every((x) => x <= from || x >= from + width),
  );
  const from = free ?? box.x;
  return { from: from + MEASURES.padding, to: from + width - MEASURES.padding };
}

/** Where lines that go up or down pass through it. */
function crossings(points: readonly Point[], { x, y, width, height }: Box): number[] {
  return points.flatMap(([atX, atY], at) => {
    const [nextX, nextY] = points[at + 1] ?? [atX, atY];
    const passes = Math.min(atY, nextY) < y + height && Math.max(atY, nextY) > y;
    return atX === nextX && atY !== nextY && passes && atX > x && atX < x + width ? [atX] : [];
  });
}
