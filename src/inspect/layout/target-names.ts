import type { DrawnNode } from '../drawn-machine.ts';

/** `settling`, or `summarizing.settling` where another state has that name too. */
export function targetNames(root: DrawnNode): (node: DrawnNode) => string {
  const taken = Map.groupBy(descendants(root), ({ key }) => key);
  return ({ key, path }) => (taken.get(key)?.length === 1 ? key : path.join('.'));
}

function descendants(node: DrawnNode): DrawnNode[] {
  return Object.values(node.states).flatMap((child) => [child, ...descendants(child)]);
}
