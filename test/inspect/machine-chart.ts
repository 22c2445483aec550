import type { DrawnNode } from '../../src/inspect/drawn-machine.ts';
import type { Box, Layout, Point } from '../../src/inspect/layout/layout.ts';

export function nodesOf(node: DrawnNode): DrawnNode[] {
  return [node, ...Object.values(node.states).flatMap(nodesOf)];
}

/** Boxes that hold text and nothing else: states without states, and the rows that a group shares. */
export function textBoxes(root: DrawnNode, layout: Layout): [name: string, box: Box][] {
  const leaves = nodesOf(root).filter(({ states }) => Object.keys(states).length === 0);
  return [
    ...leaves.map(({ path }) => [path.join('.'), boxAt(layout, path.join('.'))] as [string, Box]),
    ...Object.entries(layout.sharedRows).map(
      ([path, box]) => [`rows of ${path}`, box] as [string, Box],
    ),
  ];
}

export function boxAt(layout: Layout, path: string): Box {
  const box = layout.states[path];
  if (!box) {
    throw new Error(`No box for ${path}.`);
  }
  return box;
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function contains(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** The pieces of a line, as boxes without width or without height. */
export function pieces(points: readonly Point[]): Box[] {
  return points.slice(1).map(([x, y], at) => {
    const [fromX, fromY] = points[at] ?? [x, y];
    return {
      x: Math.min(x, fromX),
      y: Math.min(y, fromY),
      width: Math.abs(x - fromX),
      height: Math.abs(y - fromY),
    };
  });
}

export function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}
