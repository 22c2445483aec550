import { beforeAll, describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { edgesOf } from '../../src/inspect/edges.ts';
import { layOut } from '../../src/inspect/layout/lay-out.ts';
import type { Layout } from '../../src/inspect/layout/layout.ts';
import { MACHINES } from '../../src/inspect/machines.ts';
import { renderSvg } from '../../src/inspect/svg/render-svg.ts';
import { boxAt, contains, grown, nodesOf, overlap, pieces, textBoxes } from './machine-chart.ts';

describe.each(Object.entries(MACHINES))('the picture of %s', (_, machine) => {
  let layout: Layout;
  let svg: string;
  beforeAll(async () => {
    layout = await layOut(machine);
    svg = renderSvg(machine, layout);
  });

  it('has every state once, with its box', () => {
    for (const { path } of nodesOf(machine.root)) {
      expect(svg.split(`data-state="${path.join('.')}"`), path.join('.')).toHaveLength(2);
    }
  });

  it('has every transition once as a row, with its guard and target', () => {
    for (const edge of nodesOf(machine.root).flatMap(edgesOf)) {
      const rows = [...svg.matchAll(/<g class="row \w+" data-edges="([^"]+)">.*?<\/g>/g)].filter(
        ([, id]) => id === edge.id,
      );
      expect(rows, edge.id).toHaveLength(1);
      expect(rows[0]?.[0]).toContain(edge.guard === null ? '' : `[${edge.guard}]`);
    }
  });

  it('has arrows that stand for transitions from one state to another, each in one of them', () => {
    const ids = new Set(
      nodesOf(machine.root)
        .flatMap(edgesOf)
        .map(({ id }) => id),
    );
    const drawn = [...svg.matchAll(/<g class="arrow" data-edges="([^"]+)">/g)].flatMap(
      ([, list = '']) => list.split(' '),
    );
    expect(new Set(drawn).size).toBe(drawn.length);
    expect(drawn.length).toBeGreaterThan(0);
    expect(drawn.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('has each state in the one it belongs to, and no two boxes of text on one another', () => {
    for (const { path } of nodesOf(machine.root).slice(1)) {
      const outer = boxAt(layout, path.slice(0, -1).join('.'));
      expect(contains(outer, boxAt(layout, path.join('.'))), path.join('.')).toBe(true);
    }
    const boxes = textBoxes(machine.root, layout);
    for (const [at, [name, box]] of boxes.entries()) {
      for (const [other, otherBox] of boxes.slice(at + 1)) {
        expect(overlap(box, otherBox), `${name} and ${other}`).toBe(false);
      }
    }
  });

  it('has no arrow across a box of text, and each from its state to its target', () => {
    const inner = textBoxes(machine.root, layout).map(
      ([name, box]) => [name, grown(box, -1)] as const,
    );
    for (const { from, to, points } of layout.arrows) {
      for (const piece of pieces(points)) {
        for (const [name, box] of inner) {
          expect(overlap(grown(piece, 0.5), box), `${from} to ${to} across ${name}`).toBe(false);
        }
      }
      for (const [path, point] of [
        [from, points[0]],
        [to, points.at(-1)],
      ] as const) {
        const [x, y] = point ?? [0, 0];
        const place = { x, y, width: 0, height: 0 };
        expect(contains(grown(boxAt(layout, path), 1), place), `${from} to ${to}`).toBe(true);
      }
    }
  });

  it('keeps a size that can be looked at', () => {
    expect(layout.width).toBeLessThan(1_600);
    expect(layout.height).toBeLessThan(3_400);
  });
});

describe('a machine with hostile names', () => {
  const hostile = `"><script>alert('x')</script>&\u0001\u202E`;
  const machine = createMachine({
    id: hostile,
    description: hostile,
    initial: hostile,
    states: {
      [hostile]: { tags: hostile, description: hostile, on: { [hostile]: 'end' } },
      end: { type: 'final' },
    },
  });

  it('is a picture of these names and nothing else', async () => {
    const layout = await layOut(machine);
    const svg = renderSvg(machine, layout, { hasStyle: false, hasLegend: true });
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u0001');
    expect(svg).not.toContain('\u202E');
    expect(svg.replaceAll(/<[a-z/][^<>]*>/g, '')).not.toMatch(/[<>]|&(?!#\d+;)/);
    expect(svg.match(/<svg/g)).toHaveLength(1);
  });
});

describe('what a page asks for', () => {
  it('comes without style or legend', async () => {
    const machine = MACHINES['breaker']!;
    const bare = renderSvg(machine, await layOut(machine), { hasStyle: false, hasLegend: false });
    expect(bare).not.toContain('<style');
    expect(bare).not.toContain('leads on');
  });
});
