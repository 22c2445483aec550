import type { Heat } from '../history/heat.ts';
import type { Chart } from '../layout/chart.ts';
import type { LaidArrow, Layout, Point, Start } from '../layout/layout.ts';
import { element, tooltip } from './markup.ts';

/** What leads from one state to another; above the others, what was taken most. */
export function drawArrows(
  layout: Layout,
  { chart, heat }: { readonly chart: Chart; readonly heat: Heat | null },
): string[] {
  return layout.arrows
    .map((arrow) => {
      const edges = edgesOf(arrow, chart);
      return { arrow, edges, level: heat ? heat.edges(edges) : null };
    })
    .toSorted((a, b) => (a.level ?? 0) - (b.level ?? 0))
    .map(({ arrow: { from, to, points }, edges, level }) =>
      element(
        'g',
        { class: level === null ? 'arrow' : `arrow taken-${level}`, 'data-edges': edges.join(' ') },
        [...tooltip(`${from} → ${to}`), line(points), head(points)],
      ),
    );
}

function edgesOf({ from, to }: LaidArrow, { arrows }: Chart): readonly string[] {
  return arrows.find((arrow) => arrow.from === from && arrow.to === to)?.edges ?? [];
}

/** Where a state is begun. */
export function drawStart({ dot, points }: Start): string {
  const radius = dot.width / 2;
  return element('g', { class: 'arrow start' }, [
    element('circle', { cx: dot.x + radius, cy: dot.y + radius, r: radius }),
    line(points),
    head(points),
  ]);
}

function line(points: readonly Point[]): string {
  const [first = [0, 0], ...others] = points;
  return element('path', {
    class: 'line',
    d: `M${first.join(' ')}${others.map((point, at) => step(point, first, others, at)).join('')}`,
  });
}

/** With its corners rounded. */
function step(point: Point, first: Point, others: readonly Point[], at: number): string {
  const next = others[at + 1];
  if (!next) {
    return `L${point.join(' ')}`;
  }
  const before = towards(point, others[at - 1] ?? first);
  return `L${before.join(' ')}Q${point.join(' ')} ${towards(point, next).join(' ')}`;
}

const CORNER = 6;

function towards([x, y]: Point, [toX, toY]: Point): Point {
  const length = Math.hypot(toX - x, toY - y) || 1;
  const part = Math.min(CORNER, length / 2) / length;
  return [round(x + (toX - x) * part), round(y + (toY - y) * part)];
}

function head(points: readonly Point[]): string {
  const [x, y] = points.at(-1) ?? [0, 0];
  const [fromX, fromY] = points.at(-2) ?? [x, y - 1];
  const turn = Math.round((Math.atan2(y - fromY, x - fromX) * 180) / Math.PI);
  const transform = `translate(${x} ${y}) rotate(${turn})`;
  return element('path', { class: 'head', d: 'M0 0L-8-4V4Z', transform });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
